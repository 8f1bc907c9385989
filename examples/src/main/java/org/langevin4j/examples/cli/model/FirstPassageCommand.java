package org.langevin4j.examples.cli.model;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.cli.output.OutputOptions;
import org.langevin4j.examples.cli.output.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code first-passage MODEL --target "x > 0.9"}: mean first-passage time and rate of escape. */
@Command(
        name = "first-passage",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Mean first-passage time from --start to --target, and the rate of escape, by paths and, in up to three dimensions, on a grid.",
            "A driven model starts at t = 0; its rate is that of the decay of survival: with --period mean over a period, else after a quarter of the time.",
            "Error bars: of paths one standard error; of a grid what wider cells change (driven: and longer steps). A step of paths has its error besides."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  langevin4j first-passage --drift \"x-x^3\" --beta 8 --start -1 --target \"x > 0\" --chart escape.png",
            "  langevin4j first-passage double-well --beta 6 --start -1,0 --target \"x1 > 0.9\"",
            "  langevin4j first-passage --state x,v --drift \"v, x-x^3-g*v+A*cos(w*t)\" --factor \"0; sqrt(g)\" \\",
            "      --set g=0.5,A=0.1,w=0.3 --temperature 0.1 --start -1,0 --target \"x > 0.5\" --period 20.943951023931955"
        })
public final class FirstPassageCommand implements Callable<Integer> {

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Mixin
    private EscapeOptions escape = new EscapeOptions();

    @Mixin
    private EnsembleOptions paths = new EnsembleOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** The command, for picocli. */
    public FirstPassageCommand() {}

    @Override
    public Integer call() throws IOException {
        output.check();
        ChosenModel chosen = models.choose();
        Result result = chosen.about(output.begin());
        EscapeOptions.Escape found = escape.compute(chosen, paths, output.seed(), output.threads(), result);
        output.finish(result, () -> figure(escape.target(chosen), found.paths(), found.grid()));
        return 0;
    }

    private static Figure figure(Target target, @Nullable PathEscape byPaths, @Nullable GridEscape grid) {
        XyPanel panel = XyPanel.titled("not yet in " + target)
                .xAxis("time")
                .yAxis("part of the paths")
                .logY();
        if (byPaths != null) {
            int length = byPaths.survival().length;
            while (length > 2 && byPaths.survival()[length - 1] <= 0.0) {
                length--;
            }
            panel.line("paths", Arrays.copyOf(byPaths.times(), length), Arrays.copyOf(byPaths.survival(), length));
        }
        if (grid != null) {
            double[] t = grid.times();
            double[] s = grid.survival();
            if (t.length == 0) {
                double end = byPaths == null ? 4.0 * grid.mean() : byPaths.times()[byPaths.times().length - 1];
                t = new double[101];
                s = new double[101];
                for (int k = 0; k < t.length; k++) {
                    t[k] = end * k / 100.0;
                    s[k] = Math.exp(-t[k] / grid.mean());
                }
                panel.line("exponential, mean of the grid", t, s);
            } else {
                panel.line("grid", t, s);
            }
        }
        return Figure.titled("").row(panel);
    }
}
