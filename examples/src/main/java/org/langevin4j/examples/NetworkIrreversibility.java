package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.decomposition.LinearIrreversibility;
import org.langevin4j.core.decomposition.RotationPlane;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.statistics.MatrixSpectrum;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;

/**
 * How far stochastic gradient descent is from equilibrium near a trained network: Lemma 20 with F = Hessian + δI and D from
 * per-sample gradients. F is symmetric, the gradient of a loss; what breaks detailed balance is that D does not commute
 * with it.
 */
public final class NetworkIrreversibility implements Example {

    /** δ makes the smallest eigenvalue of F this fraction of the largest of the Hessian. */
    private static final double STABILITY = 0.01;

    /** Noise weaker than this fraction of the strongest does not count, unless another fraction is said. */
    private static final double TOLERANCE = 1e-8;

    private static final int RATES = 100;

    /** The entries of a Hessian in single precision, and so F and D, are good to this. */
    private static final double SINGLE = 1e-6;

    @Override
    public String name() {
        return "network-irreversibility";
    }

    @Override
    public String summary() {
        return "Q, U, entropy production and rotation rates of SGD near a trained network, from FILE or measured data";
    }

    @Override
    public int files() {
        return 1;
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        MeasuredNoise.Source source = MeasuredNoise.source(context);
        RealMatrix hessian = source.hessian()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the file must hold a matrix named hessian beside the gradients, got none"));
        RealMatrix d = source.diffusion().toMatrix();
        int n = hessian.getRowDimension();
        LinearAlgebra algebra = LinearAlgebra.forOrder(n);
        double[] eigenvalues = algebra.symmetricEigenvalues(hessian);
        double smallest = eigenvalues[n - 1];
        double largest = eigenvalues[0];
        if (!(largest > 0.0)) {
            throw new IllegalArgumentException("hessian must have a positive eigenvalue, its largest is " + largest);
        }
        double weightDecay = STABILITY * largest - smallest;
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(Measurement.reported("weights d, computed by " + algebra.name(), n));
        measurements.add(Measurement.reported("smallest eigenvalue of the Hessian", smallest));
        measurements.add(Measurement.reported("largest eigenvalue of the Hessian", largest));
        measurements.add(Measurement.reported("negative eigenvalues of the Hessian, beyond single precision", (double)
                Arrays.stream(eigenvalues).filter(v -> v < -SINGLE * largest).count()));
        measurements.add(Measurement.reported("weight decay δ, so that λₘᵢₙ(F) = λₘₐₓ/100", weightDecay));

        double[] tolerances = context.effort()
                .choose(
                        new double[] {1e-4, TOLERANCE},
                        new double[] {1e-3, 1e-4, 1e-5, 1e-6, TOLERANCE, 1e-10},
                        new double[] {1e-3, 1e-4, 1e-5, 1e-6, 1e-7, TOLERANCE, 1e-9, 1e-10, 1e-11, 1e-12});
        List<LinearDecomposition> byTolerance = new ArrayList<>();
        for (double tolerance : tolerances) {
            byTolerance.add(LinearDecomposition.of(shifted(hessian, weightDecay), d, tolerance, algebra));
        }
        LinearDecomposition base = byTolerance.get(
                Arrays.binarySearch(Arrays.stream(tolerances).map(t -> -t).toArray(), -TOLERANCE));
        LinearIrreversibility irreversibility = LinearIrreversibility.of(base);
        measure(irreversibility, measurements);
        compareWithNumpy(irreversibility, context, measurements);

        double[] fractions = context.effort()
                .choose(new double[] {1.0}, new double[] {1e-3, 0.03, 0.1, 0.3, 1.0, 3.0}, new double[] {
                    1e-3, 0.003, 0.03, 0.1, 0.2, 0.3, 0.5, 1.0, 3.0
                });
        List<Picture> pictures = new ArrayList<>();
        pictures.add(draw(irreversibility, hessian, d, smallest, fractions, context, measurements));
        pictures.add(drawNoise(tolerances, byTolerance, context, measurements));
        return new ExampleResult(
                name(),
                "Near a trained network the noise of stochastic gradient descent does not commute with the Hessian: detailed"
                        + " balance fails, and probability circulates in planes at rates comparable to those of relaxation."
                        + " The rates hardly depend on how weak a noise still counts; entropy production does where D"
                        + " falls off to nothing, since the current runs there too. Data: "
                        + source.description() + ".",
                "Chaudhari and Soatto (2018), Lemma 20 and Remark 21, at the Hessian of a trained network",
                context.seed().value(),
                measurements,
                pictures);
    }

    private static RealMatrix shifted(RealMatrix hessian, double weightDecay) {
        RealMatrix f = hessian.copy();
        for (int i = 0; i < f.getRowDimension(); i++) {
            f.addToEntry(i, i, weightDecay);
        }
        return f;
    }

    private static void measure(LinearIrreversibility irreversibility, List<Measurement> measurements) {
        LinearDecomposition found = irreversibility.decomposition();
        int n = found.dimension();
        measurements.add(Measurement.reported("rank of D above λₘₐₓ·1e-8", found.rankOfD()));
        measurements.add(Measurement.reported("dimension of the reachable subspace", found.reachableDimension()));
        measurements.add(
                Measurement.reported("stationary variances above their largest·1e-8", found.rankOfCovariance()));
        measurements.add(Measurement.reported("condition of the equation for Q", found.condition()));
        // What is left out of D by the tolerance enters the residual as noise of that strength in each direction.
        measurements.add(Measurement.atMost(
                "‖FQ + QF − FD + DF‖/‖FD‖",
                found.sylvesterResidual(),
                Math.sqrt(n) * TOLERANCE + n * found.condition() * MatrixSpectrum.FLOAT64_EPSILON));
        measurements.add(Measurement.reported("‖F − (D + Q)U‖/‖F‖ on the image of U", found.productResidual()));
        measurements.add(Measurement.atLeast(
                "‖FD − DF‖/‖FD‖, beyond single precision: no detailed balance", found.detailedBalanceDefect(), SINGLE));
        double[] relaxation = Arrays.stream(found.eigenvalues())
                .mapToDouble(z -> z.getReal())
                .sorted()
                .toArray();
        List<RotationPlane> planes = irreversibility.rotationPlanes();
        // F is symmetric: C^-½FC^½ = S + A has real eigenvalues, so that ‖A‖ ≤ ‖S‖ ≤ tr F.
        double squares =
                2.0 * planes.stream().mapToDouble(p -> p.rate() * p.rate()).sum();
        double trace = Arrays.stream(relaxation).sum();
        double bound = Math.sqrt(
                trace * trace - Arrays.stream(relaxation).map(v -> v * v).sum());
        measurements.add(Measurement.atMost(
                        "all rotation rates together, ‖U^½QU^½‖; bound √((tr F)² − tr F²)", Math.sqrt(squares), bound)
                .in("rad per unit of time"));
        for (int k = 0; k < Math.min(3, planes.size()); k++) {
            measurements.add(Measurement.reported(
                            "rotation rate of plane " + (k + 1), planes.get(k).rate())
                    .in("rad per unit of time"));
        }
        measurements.add(Measurement.reported("slowest relaxation rate λₘᵢₙ(F)", relaxation[0])
                .in("per unit of time"));
        measurements.add(Measurement.reported("fastest relaxation rate λₘₐₓ(F)", relaxation[relaxation.length - 1])
                .in("per unit of time"));
        measurements.add(Measurement.reported(
                "part of the current where D has no noise above 1e-8", irreversibility.currentOutsideOfNoise()));
        measurements.add(Measurement.reported(
                        "entropy production where it has",
                        Arrays.stream(irreversibility.entropyProductionByDirection())
                                .sum())
                .in("nats per unit of time"));
    }

    /** For the measured network: what NumPy says, from eigenvectors of F and of Σ, in double precision. */
    private static void compareWithNumpy(
            LinearIrreversibility irreversibility, RunContext context, List<Measurement> measurements) {
        if (!context.files().isEmpty() || MeasuredNoise.measuredFile(context).isEmpty()) {
            return;
        }
        measurements.add(Measurement.near(
                "against NumPy: ‖FD − DF‖/‖FD‖",
                irreversibility.decomposition().detailedBalanceDefect(),
                0.27741198933803446,
                1e-9));
        double[] rates = {0.3470917, 0.30667904, 0.26001122};
        for (int k = 0; k < rates.length; k++) {
            measurements.add(Measurement.near(
                            "against NumPy: rotation rate of plane " + (k + 1),
                            irreversibility.rotationPlanes().get(k).rate(),
                            rates[k],
                            1e-5)
                    .in("rad per unit of time"));
        }
        measurements.add(Measurement.near(
                        "against NumPy: entropy production where D has noise above 1e-8",
                        Arrays.stream(irreversibility.entropyProductionByDirection())
                                .sum(),
                        3012.6038510952053,
                        0.1)
                .in("nats per unit of time"));
    }

    private static Picture draw(
            LinearIrreversibility base,
            RealMatrix hessian,
            RealMatrix d,
            double smallest,
            double[] fractions,
            RunContext context,
            List<Measurement> measurements)
            throws IOException {
        LinearAlgebra algebra = LinearAlgebra.forOrder(d.getRowDimension());
        XyPanel rates = XyPanel.titled("Rotation rates of j = −QUx")
                .xAxis("number of the plane")
                .yAxis("ω, radians per unit of time")
                .logY();
        add(rates, base, "λₘᵢₙ(F) = λₘₐₓ/100");
        double largest = base.decomposition().leastStable().getReal() / STABILITY;
        double[] weightDecays = new double[fractions.length + 1];
        double[] defects = new double[weightDecays.length];
        double[] fastest = new double[weightDecays.length];
        for (int k = 0; k < weightDecays.length; k++) {
            double fraction = k == 0 ? STABILITY : fractions[k - 1];
            weightDecays[k] = fraction * largest - smallest;
            LinearIrreversibility found = k == 0
                    ? base
                    : LinearIrreversibility.of(
                            LinearDecomposition.of(shifted(hessian, weightDecays[k]), d, TOLERANCE, algebra));
            defects[k] = found.decomposition().detailedBalanceDefect();
            fastest[k] = found.rotationPlanes().stream()
                    .mapToDouble(RotationPlane::rate)
                    .findFirst()
                    .orElse(Double.NaN);
            if (fraction == 0.1 || fraction == 1.0) {
                String name = fraction == 1.0 ? "λₘᵢₙ(F) = λₘₐₓ" : "λₘᵢₙ(F) = λₘₐₓ/10";
                add(rates, found, name);
                measurements.add(Measurement.reported(name + ": ‖FD − DF‖/‖FD‖", defects[k]));
                measurements.add(Measurement.reported(name + ": fastest rotation", fastest[k])
                        .in("rad per unit of time"));
            }
        }
        int[] order = IntStream.range(0, weightDecays.length)
                .boxed()
                .sorted((i, j) -> Double.compare(weightDecays[i], weightDecays[j]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] x = Arrays.stream(order).mapToDouble(i -> weightDecays[i]).toArray();
        XyPanel decay = XyPanel.titled("Dependence on weight decay")
                .xAxis("weight decay δ")
                .yAxis("defect; rate in radians per unit of time")
                .logX()
                .logY()
                .line(
                        "‖FD − DF‖ / ‖FD‖",
                        x,
                        Arrays.stream(order).mapToDouble(i -> defects[i]).toArray())
                .line(
                        "fastest rotation ω₁",
                        x,
                        Arrays.stream(order).mapToDouble(i -> fastest[i]).toArray());
        Figure.titled(String.format(
                        Locale.ROOT,
                        "Circulation of stochastic gradient descent near a network of %d weights",
                        base.decomposition().dimension()))
                .row(rates, decay)
                .panelSize(500, 420)
                .writeTo(context.out().resolve("rotation.png"));
        return new Picture(
                "rotation.png",
                "Rates at which the stationary current turns, plane by plane, for three weight decays; and the distance from"
                        + " detailed balance and the fastest rate against weight decay. Noise below 1e-8 of the strongest does"
                        + " not count.");
    }

    private static void add(XyPanel panel, LinearIrreversibility found, String name) {
        double[] rates = found.rotationPlanes().stream()
                .mapToDouble(RotationPlane::rate)
                .limit(RATES)
                .toArray();
        panel.line(name, IntStream.rangeClosed(1, rates.length).asDoubleStream().toArray(), rates);
    }

    private static Picture drawNoise(
            double[] tolerances, List<LinearDecomposition> found, RunContext context, List<Measurement> measurements)
            throws IOException {
        double[] entropy = new double[tolerances.length];
        double[][] rates = new double[3][tolerances.length];
        for (int k = 0; k < tolerances.length; k++) {
            LinearIrreversibility irreversibility = LinearIrreversibility.of(found.get(k));
            entropy[k] = Arrays.stream(irreversibility.entropyProductionByDirection())
                    .sum();
            List<RotationPlane> planes = irreversibility.rotationPlanes();
            for (int i = 0; i < rates.length; i++) {
                rates[i][k] = i < planes.size() ? planes.get(i).rate() : Double.NaN;
            }
        }
        int strong = IntStream.range(0, tolerances.length)
                .filter(k -> tolerances[k] == 1e-4)
                .findFirst()
                .orElse(0);
        int weak = IntStream.range(0, tolerances.length)
                .filter(k -> tolerances[k] == TOLERANCE)
                .findFirst()
                .orElse(0);
        measurements.add(Measurement.reported(
                "noise above 1e-8 instead of 1e-4 of the strongest: fastest rotation, factor",
                rates[0][weak] / rates[0][strong]));
        measurements.add(Measurement.reported(
                "noise above 1e-8 instead of 1e-4 of the strongest: entropy production, factor",
                entropy[weak] / entropy[strong]));
        XyPanel turning = XyPanel.titled("Fastest rotations")
                .xAxis("noise that counts, relative to the strongest")
                .yAxis("ω, radians per unit of time")
                .logX()
                .yRange(0.0, 1.1 * Arrays.stream(rates[0]).max().orElse(1.0));
        for (int i = 0; i < rates.length; i++) {
            turning.line("plane " + (i + 1), tolerances, rates[i]);
        }
        Figure.titled("What depends on how weak a noise counts, and what does not")
                .row(
                        turning,
                        XyPanel.titled("Entropy production")
                                .xAxis("noise that counts, relative to the strongest")
                                .yAxis("nats per unit of time")
                                .logX()
                                .logY()
                                .line("", tolerances, entropy))
                .panelSize(500, 420)
                .writeTo(context.out().resolve("noise.png"));
        return new Picture(
                "noise.png",
                "The fastest rotation rates and the entropy production against the strength, relative to the largest"
                        + " eigenvalue of D, above which noise counts: rates converge, entropy production does not.");
    }
}
