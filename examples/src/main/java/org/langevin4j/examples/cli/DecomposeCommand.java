package org.langevin4j.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.decomposition.Inertia;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.decomposition.LinearIrreversibility;
import org.langevin4j.core.decomposition.RotationPlane;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.sde.Parity;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.MatrixSpectrum;
import org.langevin4j.examples.experiment.MatrixFile;
import org.langevin4j.models.network.MeasuredDiffusion;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code decompose --drift-matrix F --diffusion D}: Lemma 20 for matrices from files. */
@Command(
        name = "decompose",
        mixinStandardHelpOptions = true,
        hidden = true,
        description = {
            "Decomposes a linear system dx = −Fx dt + √(2β⁻¹D) dW into F = (D + Q)U (Lemma 20) and says how far it is from"
                    + " equilibrium.",
            "Matrices are .csv, .npy or file.npz:array."
        })
final class DecomposeCommand implements Callable<Integer> {

    /** Matrices up to this order are printed whole. */
    private static final int PRINTED = 8;

    private static final int PLANES = 5;

    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--drift-matrix",
            paramLabel = "F",
            required = true,
            description = "F of the drift −Fx, d×d; the Hessian of a loss.")
    private String drift = "";

    @ArgGroup(multiplicity = "1")
    private Noise noise = new Noise();

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            description = "δ: decomposes F + δI (default: ${DEFAULT-VALUE}).")
    private double weightDecay = 0.0;

    @Option(
            names = "--rank-tolerance",
            paramLabel = "X",
            description =
                    "What counts as zero in D, relative to its largest eigenvalue, and how far from symmetric it may be"
                            + " (default: d·2⁻⁵²; for matrices in single precision d·2⁻²³ is right).")
    private @Nullable Double rankTolerance;

    @Option(
            names = "--odd",
            paramLabel = "I",
            split = ",",
            description =
                    "Coordinates, from 0, that change their sign when time is reversed, such as momenta: I or FROM-TO.")
    private List<String> odd = List.of();

    @Option(names = "--pure-java", description = "Do not use native code.")
    private boolean pureJava;

    @Option(names = "--json", description = "Print JSON, with all matrices, instead of a table.")
    private boolean json;

    /** D, or the gradients whose covariance it is. */
    static final class Noise {

        @Option(names = "--diffusion", paramLabel = "D", description = "D, d×d, symmetric, positive semi-definite.")
        private @Nullable String diffusion;

        @Option(
                names = "--gradients",
                paramLabel = "G",
                description = "Per-sample gradients, N×d, whose covariance is D.")
        private @Nullable String gradients;
    }

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        if (!(Math.abs(weightDecay) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("weightDecay must be finite, got " + weightDecay);
        }
        RealMatrix f = MatrixFile.read(drift);
        if (f.getRowDimension() != f.getColumnDimension()) {
            throw new IllegalArgumentException(
                    "drift matrix must be square, got " + f.getRowDimension() + "×" + f.getColumnDimension());
        }
        int n = f.getRowDimension();
        double tolerance = rankTolerance == null ? n * MatrixSpectrum.FLOAT64_EPSILON : rankTolerance;
        RealMatrix d = diffusion(n, tolerance);
        LinearDecomposition found = LinearDecomposition.of(
                f.add(MatrixUtils.createRealIdentityMatrix(n).scalarMultiply(weightDecay)),
                d,
                tolerance,
                pureJava ? LinearAlgebra.pureJava() : LinearAlgebra.forOrder(n));
        LinearIrreversibility irreversibility = LinearIrreversibility.of(found, parity(n));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(describe(irreversibility, tolerance)));
        } else {
            print(irreversibility, out);
        }
        out.flush();
        return 0;
    }

    private Parity parity(int n) {
        int[] signs = new int[n];
        Arrays.fill(signs, 1);
        for (String range : odd) {
            Matcher matcher = RANGE.matcher(range.strip());
            int from = -1;
            int to = -1;
            if (matcher.matches()) {
                from = Integer.parseInt(matcher.group(1));
                to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
            }
            if (!(from >= 0 && to >= from && to < n)) {
                throw new IllegalArgumentException(
                        "odd must be coordinates from 0 to " + (n - 1) + " or FROM-TO, got " + range);
            }
            Arrays.fill(signs, from, to + 1, -1);
        }
        return Parity.of(signs);
    }

    private RealMatrix diffusion(int n, double tolerance) throws IOException {
        if (noise.gradients != null) {
            RealMatrix gradients = MatrixFile.read(noise.gradients);
            if (gradients.getColumnDimension() != n) {
                throw new IllegalArgumentException("gradients must have " + n + " columns as the drift matrix has, got "
                        + gradients.getRowDimension() + "×" + gradients.getColumnDimension());
            }
            return MeasuredDiffusion.from(gradients).toMatrix();
        }
        if (noise.diffusion == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        RealMatrix d = MatrixFile.read(noise.diffusion);
        // What a file in single precision cannot help.
        return d.getRowDimension() == d.getColumnDimension()
                        && d.subtract(d.transpose()).getNormInfty() <= tolerance * d.getNormInfty()
                ? d.add(d.transpose()).scalarMultiply(0.5)
                : d;
    }

    private void print(LinearIrreversibility irreversibility, PrintWriter out) {
        LinearDecomposition found = irreversibility.decomposition();
        int n = found.dimension();
        line(out, "d", n + ", computed by " + found.computedBy());
        line(out, "rank of D", found.rankOfD() + (found.rankOfD() == n ? "" : ": singular"));
        line(
                out,
                "reachable subspace",
                "dimension " + found.reachableDimension()
                        + (found.reachableDimension() == n
                                ? ": noise reaches everything"
                                : ": U = (D+Q)⁺F there, zero across it"));
        if (found.isStable() && found.rankOfCovariance() < found.reachableDimension()) {
            line(
                    out,
                    "",
                    "in " + found.rankOfCovariance()
                            + " of these dimensions it is stronger than rounding; U is that of these");
        }
        line(out, "eigenvalues of F", inertia(found.inertiaOfF()));
        line(out, "eigenvalues of U", inertia(found.inertiaOfU()));
        line(out, "stationary law", found.stability());
        found.closestToResonance()
                .ifPresent(pair ->
                        line(out, "nearest to cancelling", pair + number(", |λᵢ + λⱼ| = %.4g", pair.distance())));
        line(out, "condition of Q, estimate", number("%.3g", found.condition()));
        line(out, "‖FQ+QFᵀ−FD+DFᵀ‖/‖FD‖", number("%.3g", found.sylvesterResidual()));
        line(out, "‖F−(D+Q)U‖/‖F‖", number("%.3g", found.productResidual()));
        line(out, "asymmetry of U", number("%.3g", found.asymmetry()));
        line(
                out,
                "‖FD−DFᵀ‖/‖FD‖",
                number("%.10g", found.detailedBalanceDefect())
                        + (found.detailedBalanceDefect() <= n * MatrixSpectrum.FLOAT64_EPSILON
                                ? ": detailed balance"
                                : ": no detailed balance"));
        if (!irreversibility.parity().isEven()) {
            line(out, "odd coordinates", irreversibility.parity().toString());
        }
        line(out, "entropy production", entropyProduction(irreversibility));
        List<RotationPlane> planes = irreversibility.rotationPlanes();
        if (!planes.isEmpty()) {
            StringBuilder rates = new StringBuilder();
            planes.stream().limit(PLANES).forEach(plane -> rates.append(number("%.6g ", plane.rate())));
            line(out, "fastest rotations of j", rates.toString().trim() + " rad per unit of time");
        }
        if (n <= PRINTED) {
            print("Q", found.q(), out);
            print("U", found.u(), out);
            found.stationaryCovariance(Temperature.of(1.0)).ifPresent(sigma -> print("Σ at β = 1", sigma, out));
        }
    }

    private static String entropyProduction(LinearIrreversibility found) {
        OptionalDouble rate = found.entropyProductionRate();
        if (rate.isEmpty()) {
            return "none, there is no stationary law";
        }
        double value = rate.getAsDouble();
        if (value <= Double.MAX_VALUE) {
            return number("%.10g nats per unit of time", value);
        }
        double sum = Arrays.stream(found.entropyProductionByDirection()).sum();
        return number("infinite: %.3g of the current runs where D has no noise", found.currentOutsideOfNoise())
                + number("; %.6g nats per unit of time in the image of D", sum);
    }

    private static String inertia(Inertia inertia) {
        return inertia.positive() + " positive, " + inertia.negative() + " negative, " + inertia.zero() + " zero";
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println(String.format(Locale.ROOT, "%-26s %s", name, value));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static void print(String name, RealMatrix matrix, PrintWriter out) {
        out.println(name);
        for (double[] row : matrix.getData()) {
            StringBuilder text = new StringBuilder();
            for (double entry : row) {
                text.append(String.format(Locale.ROOT, "%18.10g", entry + 0.0));
            }
            out.println(text);
        }
    }

    private static Map<String, @Nullable Object> describe(LinearIrreversibility irreversibility, double tolerance) {
        LinearDecomposition found = irreversibility.decomposition();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("d", found.dimension());
        values.put("computed_by", found.computedBy());
        values.put("rank_tolerance", tolerance);
        values.put("rank_of_diffusion", found.rankOfD());
        values.put("reachable_dimension", found.reachableDimension());
        Complex[] eigenvalues = found.eigenvalues();
        Arrays.sort(eigenvalues, Comparator.comparingDouble(Complex::getReal));
        values.put(
                "eigenvalues",
                Arrays.stream(eigenvalues).map(DecomposeCommand::parts).toList());
        values.put("inertia_of_drift", found.inertiaOfF());
        values.put("inertia_of_u", found.inertiaOfU());
        values.put("stable", found.isStable());
        values.put("stationary_law", found.stability());
        values.put(
                "closest_pair",
                found.closestToResonance()
                        .map(pair -> List.of(parts(pair.first()), parts(pair.second())))
                        .orElse(List.of()));
        values.put(
                "closest_sum",
                found.closestToResonance().map(pair -> pair.distance()).orElse(null));
        values.put("condition", finite(found.condition()));
        values.put("sylvester_residual", found.sylvesterResidual());
        values.put("product_residual", found.productResidual());
        values.put("asymmetry_of_u", found.asymmetry());
        values.put("detailed_balance_defect", found.detailedBalanceDefect());
        OptionalDouble rate = irreversibility.entropyProductionRate();
        values.put("entropy_production_rate", rate.isPresent() ? finite(rate.getAsDouble()) : null);
        values.put("parity", irreversibility.parity().toString());
        values.put("entropy_production", entropyProduction(irreversibility));
        values.put("entropy_production_by_direction", irreversibility.entropyProductionByDirection());
        values.put("current_outside_of_noise", irreversibility.currentOutsideOfNoise());
        List<Map<String, Object>> planes = new ArrayList<>();
        for (RotationPlane plane : irreversibility.rotationPlanes()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("rate", plane.rate());
            if (planes.size() < PLANES) {
                entry.put("from", plane.first());
                entry.put("to", plane.second());
            }
            planes.add(entry);
        }
        values.put("rotation_planes", planes);
        values.put("q", found.q().getData());
        values.put("u", found.u().getData());
        values.put(
                "stationary_covariance",
                found.stationaryCovariance(Temperature.of(1.0))
                        .map(RealMatrix::getData)
                        .orElse(null));
        return values;
    }

    private static Map<String, Double> parts(Complex z) {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("re", z.getReal());
        parts.put("im", z.getImaginary());
        return parts;
    }

    /** JSON has no infinity. */
    private static @Nullable Double finite(double value) {
        return value <= Double.MAX_VALUE ? value : null;
    }
}
