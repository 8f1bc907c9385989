package org.langevin4j.examples.cli.model;

import org.jspecify.annotations.Nullable;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.examples.cli.output.Result;
import picocli.CommandLine.Option;

/** The equation of a command that studies the drift itself: in Itô form, and frozen at a time where it depends on time. */
final class FrozenOptions {

    @Option(names = "--time", paramLabel = "T", description = "Freeze a driven model at this time.")
    private @Nullable Double time;

    Sde sde(ChosenModel chosen, String command) {
        Sde sde = chosen.sde();
        if (sde.isAutonomous()) {
            return sde.requireMemoryless(command).withoutJumps().toIto();
        }
        if (time == null) {
            throw new IllegalArgumentException(
                    "'" + command + "' studies a drift that does not depend on time, this one does:"
                            + " --time T freezes it at T ('path --period', 'steady-state --period', 'evolve', 'simulate' take it as it is)");
        }
        if (!(Math.abs(time) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("--time must be finite, got " + time);
        }
        return sde.requireMemoryless(command).withoutJumps().atTime(time).toIto();
    }

    /** A period that goes with the model and with the other options. */
    double period(ChosenModel chosen, double period) {
        if (time != null) {
            throw new IllegalArgumentException("--time and --period exclude each other");
        }
        return Period.of(chosen.sde(), period);
    }

    Result about(Result result) {
        return time == null ? result : result.about("time", time);
    }
}
