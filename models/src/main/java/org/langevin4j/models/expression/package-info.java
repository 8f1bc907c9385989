/**
 * Models given as mathematics: {@link org.langevin4j.models.expression.ExpressionModel}.
 */
@NullMarked
package org.langevin4j.models.expression;

import org.jspecify.annotations.NullMarked;
