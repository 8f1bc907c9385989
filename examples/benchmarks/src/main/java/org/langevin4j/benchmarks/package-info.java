/**
 * JMH benchmarks of the inner loops.
 *
 * <pre>java --add-modules jdk.incubator.vector -jar examples/benchmarks/target/benchmarks.jar</pre>
 *
 * <p>Without the flag the same benchmarks run in plain Java. Every figure is the time for one number or one path-step.
 */
@NullMarked
package org.langevin4j.benchmarks;

import org.jspecify.annotations.NullMarked;
