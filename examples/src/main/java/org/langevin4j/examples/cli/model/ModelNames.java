package org.langevin4j.examples.cli.model;

import java.util.Iterator;
import org.langevin4j.core.model.Model;
import org.langevin4j.models.analytic.Catalogue;

/** The names of the catalogue, for the completion of shells. */
final class ModelNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Catalogue.models().stream().map(Model::name).iterator();
    }
}
