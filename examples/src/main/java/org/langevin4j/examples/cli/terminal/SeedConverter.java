package org.langevin4j.examples.cli.terminal;

import org.langevin4j.core.random.Seed;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A seed from the command line: a whole number of 64 bits, or {@code fresh}. */
public final class SeedConverter implements ITypeConverter<Seed> {

    @Override
    public Seed convert(String text) {
        if (text.equals("fresh")) {
            return Seed.fresh();
        }
        try {
            return Seed.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is neither a whole number of 64 bits nor 'fresh'");
        }
    }
}
