package org.langevin4j.examples.cli.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.langevin4j.examples.cli.output.OutputOptions;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code merge FILES…}: the parts of a simulation put together. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Puts the files of 'simulate --shard I/N --checkpoint FILE' together, to the bits of one run of the whole.",
            "All N files are needed, complete, in any order; beside each is FILE.command, which says what it is a part of."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  for i in 0 1 2 3; do langevin4j simulate double-well --paths 100000 --shard $i/4 --checkpoint part-$i.ck --out -; done",
            "  langevin4j merge part-?.ck --out whole.npz --chart whole.png"
        })
public final class MergeCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The checkpoints of all parts.")
    private List<Path> files = List.of();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** The command, for picocli. */
    public MergeCommand() {}

    @Override
    public Integer call() throws IOException {
        output.check();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("no such file: " + file);
            }
        }
        Simulation made;
        try {
            made = SimulateCommand.parsed(CommandFile.read(files.get(0)));
        } catch (ParameterException e) {
            throw new IllegalArgumentException(files.get(0) + ".command: " + e.getMessage(), e);
        }
        Simulation.Plan plan = made.plan();
        EnsembleResult run = plan.ensemble().merge(files);
        Result result = made.fill(output.begin(), plan, run);
        output.finish(result, () -> SimulationFigure.of(plan.chosen(), result));
        return 0;
    }
}
