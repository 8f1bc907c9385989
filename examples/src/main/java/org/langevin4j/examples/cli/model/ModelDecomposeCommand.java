package org.langevin4j.examples.cli.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.Panel;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.decomposition.LinearIrreversibility;
import org.langevin4j.core.decomposition.RotationPlane;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Parity;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.examples.cli.output.NamedArray;
import org.langevin4j.examples.cli.output.OutputOptions;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.solvers.decomposition.AssumptionReport;
import org.langevin4j.solvers.decomposition.Claim;
import org.langevin4j.solvers.decomposition.Finding;
import org.langevin4j.solvers.decomposition.GridDecomposition;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.Flow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code decompose MODEL}: b = −(D+Q)∇Φ + …, about a resting point or on a grid. */
@Command(
        name = "decompose",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Decomposes the drift of a model, about a resting point or on a grid; or matrices from files (Lemma 20).",
            "About a resting point, where b = −F(x − x̄): F = (D + Q)U with Q antisymmetric and U symmetric, stability, stationary covariance, rotation, entropy production.",
            "With --grid or --field instead Φ, j = Jˢˢ/ρˢˢ and Q(x) on a grid, and which of the paper's assumptions hold. Of matrices: see 'langevin4j decompose --drift-matrix F --help'."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  langevin4j decompose --drift \"-x-2*y, 2*x-y\" --diffusion \"1,0;0,3\"",
            "  langevin4j decompose --state x,v --drift \"v, x-x^3-g*v\" --factor \"0; sqrt(g)\" --set g=0.5 --at x=0.9 --odd v",
            "  langevin4j decompose double-well --grid x1=-3:3:96,x2=-3:3:96 --chart field.png",
            "  langevin4j decompose --drift-matrix H.npy --diffusion D.npy"
        })
public final class ModelDecomposeCommand implements Callable<Integer> {

    /** Up to this dimension the entries of Q and U are numbers of the result. */
    private static final int ENTRIES = 4;

    private static final int PLANES = 3;

    /** Part of the largest density from which on the grid is said to be too small. */
    private static final double CUT = 1e-3;

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Mixin
    private FrozenOptions frozen = new FrozenOptions();

    @Option(
            names = "--at",
            paramLabel = "X",
            description = "Where the search for the resting point begins (default: one that is known, else 0).")
    private @Nullable String at;

    @Option(
            names = "--odd",
            paramLabel = "V,…",
            description = "Coordinates that change their sign when time is reversed, such as velocities.")
    private @Nullable String odd;

    @Option(names = "--field", description = "Decompose the field on a grid instead; --grid alone says the same.")
    private boolean field;

    @Mixin
    private GridOptions grids = new GridOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** The command, for picocli. */
    public ModelDecomposeCommand() {}

    @Override
    public Integer call() throws IOException {
        output.check();
        ChosenModel chosen = models.choose();
        Sde sde = frozen.sde(chosen, "decompose");
        if (field || grids.isGiven()) {
            return onGrid(chosen, sde);
        }
        if (output.hasChart()) {
            throw new IllegalArgumentException(
                    "--chart draws the field: add --field or --grid; 'orbit' draws the drift with its resting points");
        }
        double[] start = at == null
                ? chosen.model().restingPoints().stream().findFirst().orElse(new double[chosen.dimension()])
                : EnsembleOptions.point("--at", at, chosen.coordinates());
        FixedPoint point = FixedPoint.near(Flow.of(sde.drift(), chosen.dimension()), start);
        RealMatrix f = point.jacobian().scalarMultiply(-1.0);
        LinearDecomposition found = LinearDecomposition.of(f, NoiseRank.diffusion(sde, point.location()));
        Parity parity = parity(chosen);
        Result result = frozen.about(chosen.about(output.begin())).about("parity", parity.toString());
        fill(result, chosen, sde, point, LinearIrreversibility.of(found, parity));
        output.finish(result, () -> Figure.titled(chosen.title()));
        return 0;
    }

    private Parity parity(ChosenModel chosen) {
        int[] signs = new int[chosen.dimension()];
        Arrays.fill(signs, 1);
        if (odd == null) {
            return UnderdampedLangevin.recognise(chosen.sde())
                    .map(UnderdampedLangevin::parity)
                    .orElse(Parity.of(signs));
        }
        for (String name : odd.split(",", -1)) {
            signs[EnsembleOptions.coordinate("--odd", name.strip(), chosen.coordinates())] = -1;
        }
        return Parity.of(signs);
    }

    private static void fill(
            Result result, ChosenModel chosen, Sde sde, FixedPoint point, LinearIrreversibility irreversibility) {
        LinearDecomposition found = irreversibility.decomposition();
        List<String> names = chosen.names();
        int d = names.size();
        double[] location = point.location();
        double[] rest = new double[d];
        sde.drift().at(location, rest);
        for (int i = 0; i < d && d <= 2 * ENTRIES; i++) {
            result.number("at_" + names.get(i), location[i], Result.EXACT, "1", i == 0 ? "the resting point" : "");
        }
        result.number("drift_there", Vectors.norm(rest), Result.EXACT, "1/time", "|b|, what Newton's method left");
        Complex[] values = point.eigenvalues();
        for (int k = 0; k < Math.min(d, 2 * ENTRIES); k++) {
            result.number(
                    "eigenvalue_" + (k + 1) + "_real",
                    values[k].getReal(),
                    Result.EXACT,
                    "1/time",
                    k == 0 ? "of the Jacobian of b" : "");
            result.number(
                    "eigenvalue_" + (k + 1) + "_imaginary", values[k].getImaginary(), Result.EXACT, "rad/time", "");
        }
        if (d <= ENTRIES) {
            entries(result, "Q", found.q(), names, true);
            entries(result, "U", found.u(), names, false);
            found.stationaryCovariance(chosen.temperature())
                    .ifPresent(covariance -> entries(result, "covariance", covariance, names, false));
        }
        irreversibility
                .entropyProductionRate()
                .ifPresent(rate ->
                        result.number("entropy_production", rate, Result.EXACT, "nats/time", "of the linear equation"));
        if (found.isStable()) {
            List<RotationPlane> planes = irreversibility.rotationPlanes();
            for (int k = 0; k < Math.min(PLANES, planes.size()); k++) {
                result.number(
                        "rotation_" + (k + 1),
                        planes.get(k).rate(),
                        Result.EXACT,
                        "rad/time",
                        k == 0 ? "of the stationary current" : "");
            }
        }
        result.number("detailed_balance_defect", found.detailedBalanceDefect(), Result.EXACT, "1", "‖FD−DFᵀ‖/‖FD‖");
        result.number("product_residual", found.productResidual(), Result.EXACT, "1", "‖F−(D+Q)U‖/‖F‖");
        result.number("sylvester_residual", found.sylvesterResidual(), Result.EXACT, "1", "‖FQ+QFᵀ−FD+DFᵀ‖/‖FD‖");
        result.number("condition", found.condition(), Result.EXACT, "1", "Q is wrong by about this times 1e-16");
        matrix(result, "matrix_F", "1/time", found.driftMatrix());
        matrix(result, "matrix_D", "1", found.diffusionMatrix());
        matrix(result, "matrix_Q", "1", found.q());
        matrix(result, "matrix_U", "1", found.u());
        found.stationaryCovariance(chosen.temperature())
                .ifPresent(covariance -> matrix(result, "matrix_covariance", "1", covariance));
        result.about("kind", point.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        result.note(point.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + "; " + found.stability());
        if (found.reachableDimension() < d) {
            result.note("noise reaches " + found.reachableDimension() + " of " + d + " dimensions; U is that of these");
        }
    }

    private static void entries(
            Result result, String name, RealMatrix matrix, List<String> names, boolean antisymmetric) {
        for (int i = 0; i < names.size(); i++) {
            for (int j = antisymmetric ? i + 1 : i; j < names.size(); j++) {
                result.number(
                        name + "_" + names.get(i) + "_" + names.get(j),
                        matrix.getEntry(i, j) + 0.0,
                        Result.EXACT,
                        "1",
                        "");
            }
        }
    }

    private static void matrix(Result result, String name, String unit, RealMatrix matrix) {
        int rows = matrix.getRowDimension();
        int columns = matrix.getColumnDimension();
        double[] values = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(matrix.getRow(i), 0, values, i * columns, columns);
        }
        result.array(new NamedArray(name, unit, values, rows, columns));
    }

    private Integer onGrid(ChosenModel chosen, Sde sde) throws IOException {
        if (at != null || odd != null) {
            throw new IllegalArgumentException(
                    "--at and --odd are for a resting point, --field and --grid for the whole field");
        }
        Region region = GridOptions.requireClosed(grids.region(chosen, output), "steady state");
        if (NoiseRank.isSingular(sde, region.grid())) {
            throw new IllegalArgumentException(
                    "the field takes noise in every coordinate, D is singular here; about a resting"
                            + " point (without --field and --grid) it may be");
        }
        AssumptionReport report = AssumptionReport.of(sde, region);
        GridDecomposition finest = report.finest();
        Result result = frozen.about(chosen.about(output.begin()));
        GridOptions.about(result, chosen, region);
        for (Claim claim : Claim.values()) {
            Finding finding = report.finding(claim);
            String name = claim.name().toLowerCase(Locale.ROOT);
            double size = finding.scale() > 0.0 ? finding.scale() : 1.0;
            List<Double> norms = finding.norms();
            int last = norms.size() - 1;
            result.number(
                    name,
                    norms.get(last) / size,
                    Math.abs(norms.get(last) - norms.get(last - 1)) / (3.0 * size),
                    "1",
                    claim.statement() + ": " + finding.verdict().name().toLowerCase(Locale.ROOT));
        }
        result.number("density_at_walls", report.densityAtWalls(), Result.EXACT, "1", "of its largest value");
        if (report.densityAtWalls() > CUT) {
            result.note("the walls cut the density: widen --grid");
        }
        result.about(
                "errors",
                "norms in L²(ρˢˢ) relative to the terms that cancel; ± a third of what the last halving of cells changed");
        GridArrays.axes(result, chosen.names(), region.grid());
        GridArrays.density(result, "density", finest.density());
        GridArrays.function(result, "potential", "energy", finest.potential());
        int d = chosen.dimension();
        for (int a = 0; a < d; a++) {
            GridArrays.function(result, "j_" + chosen.names().get(a), "1/time", finest.force(a));
        }
        for (int i = 0; i < d; i++) {
            for (int k = i + 1; k < d; k++) {
                GridArrays.function(
                        result,
                        "Q_" + chosen.names().get(i) + "_" + chosen.names().get(k),
                        "1",
                        finest.q(i, k));
            }
        }
        output.finish(result, () -> figure(chosen, finest));
        return 0;
    }

    private static Figure figure(ChosenModel chosen, GridDecomposition found) {
        List<Panel> panels = new ArrayList<>(GridFigure.density(
                "density and Φ",
                chosen.names(),
                found.density(),
                found.temperature().value(),
                java.util.Optional.empty()));
        if (chosen.dimension() == 2) {
            panels.add(GridFigure.streamlines("j = Jˢˢ/ρˢˢ", chosen.names(), found.density(), "j", force(found)));
            CellFunction q = found.q(0, 1).where(found.density(), 1e-3);
            panels.add(GridFigure.signed("Q₁₂", chosen.names(), q, "Q₁₂"));
        }
        return Figure.titled(chosen.title()).row(panels.toArray(Panel[]::new));
    }

    /** j where the density is not small. */
    private static VectorField force(GridDecomposition found) {
        CellFunction x = found.force(0);
        CellFunction y = found.force(1);
        double least = 1e-3 * found.density().value(found.density().mode());
        return (state, out) -> {
            boolean known = found.density().at(state) >= least;
            double u = known ? x.at(state) : 0.0;
            double v = known ? y.at(state) : 0.0;
            out[0] = Math.abs(u) <= Double.MAX_VALUE ? u : 0.0;
            out[1] = Math.abs(v) <= Double.MAX_VALUE ? v : 0.0;
        };
    }
}
