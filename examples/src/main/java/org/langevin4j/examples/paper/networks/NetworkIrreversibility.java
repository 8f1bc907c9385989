package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.LEMMA_6_FORCE;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.printed;
import static org.langevin4j.examples.experiment.Tolerance.rounding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.decomposition.LinearIrreversibility;
import org.langevin4j.core.decomposition.RotationPlane;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.statistics.MatrixSpectrum;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Tolerance;

/**
 * How far stochastic gradient descent is from equilibrium near a trained network: Lemma 20 with F = Hessian + δI and D from
 * per-sample gradients. F is symmetric, the gradient of a loss; what breaks detailed balance is that D does not commute
 * with it.
 */
public final class NetworkIrreversibility implements Experiment {

    /** δ makes the smallest eigenvalue of F this fraction of the largest of the Hessian. */
    private static final double STABILITY = 0.01;

    /** Noise weaker than this fraction of the strongest does not count, unless another fraction is said. */
    private static final double TOLERANCE = 1e-8;

    private static final int RATES = 100;

    /** The entries of a Hessian in single precision, and so F and D, are good to this. */
    private static final double SINGLE = 1e-6;

    private static final String NUMBERS = "F = Hessian + δI and the measured D of ";

    /** The system at one δ, or with one tolerance. */
    private record Found(double at, LinearIrreversibility system) {

        double entropyProduction() {
            return Arrays.stream(system.entropyProductionByDirection()).sum();
        }

        double rate(int plane) {
            List<RotationPlane> planes = system.rotationPlanes();
            return plane < planes.size() ? planes.get(plane).rate() : Double.NaN;
        }
    }

    @Override
    public String name() {
        return "network-irreversibility";
    }

    @Override
    public String summary() {
        return "Q, U, entropy production and rotation rates of SGD about trained networks: of FILE, measured data, trained here";
    }

    @Override
    public int files() {
        return 1;
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        List<GradientSource> sources = GradientSource.withTrained(sheet);
        for (int i = 0; i < sources.size(); i++) {
            // Seventeen decompositions instead of one: of all sources only where there is time.
            write(sources.get(i), i == 0 || sheet.choose(false, false, true), sheet);
        }
    }

    private static void write(GradientSource source, boolean series, Sheet sheet) throws IOException {
        RealMatrix hessian = source.requireHessian();
        RealMatrix d = source.diffusion().toMatrix();
        LinearAlgebra algebra = LinearAlgebra.forOrder(d.getRowDimension());
        double[] eigenvalues = algebra.symmetricEigenvalues(hessian);
        double smallest = eigenvalues[eigenvalues.length - 1];
        double largest = eigenvalues[0];
        if (!(largest > 0.0)) {
            throw new IllegalArgumentException("hessian must have a positive eigenvalue, its largest is " + largest);
        }
        double weightDecay = STABILITY * largest - smallest;
        Evidence numbers = sheet.supplement(NUMBERS + source.description());
        numbers.measure("smallest eigenvalue of the Hessian", smallest);
        numbers.measure("largest eigenvalue of the Hessian", largest);
        numbers.measure("negative eigenvalues of the Hessian, beyond single precision", (double)
                Arrays.stream(eigenvalues).filter(v -> v < -SINGLE * largest).count());
        numbers.measure("weight decay δ, so that λₘᵢₙ(F) = λₘₐₓ/100", weightDecay);

        RealMatrix f = shifted(hessian, weightDecay);
        Found base = found(TOLERANCE, f, d, TOLERANCE, algebra);
        force(source, base.system(), sheet);
        measure(source, base.system(), numbers, sheet);
        if (series) {
            drawNoise(source, byTolerance(base, f, d, algebra, sheet), sheet);
            draw(source, byDecay(base, weightDecay, largest, hessian, d, algebra, sheet), largest, sheet);
        }
    }

    private static List<Found> byTolerance(Found base, RealMatrix f, RealMatrix d, LinearAlgebra algebra, Sheet sheet) {
        double[] many = {1e-3, 1e-4, 1e-5, 1e-6, 1e-7, TOLERANCE, 1e-9, 1e-10, 1e-11, 1e-12};
        List<Found> all = new ArrayList<>();
        for (double tolerance : sheet.choose(new double[] {1e-4, 1e-5, 1e-6, 1e-7, TOLERANCE}, many, many)) {
            all.add(tolerance == TOLERANCE ? base : found(tolerance, f, d, tolerance, algebra));
        }
        return all;
    }

    private static List<Found> byDecay(
            Found base,
            double weightDecay,
            double largest,
            RealMatrix hessian,
            RealMatrix d,
            LinearAlgebra algebra,
            Sheet sheet) {
        double[] more = {0.003, 0.03, 0.1, 0.3, 1.0, 3.0};
        List<Found> all = new ArrayList<>(List.of(new Found(weightDecay, base.system())));
        for (double fraction : sheet.choose(new double[] {0.03, 0.1, 0.3, 1.0}, more, more)) {
            double decay = weightDecay + (fraction - STABILITY) * largest;
            all.add(found(decay, shifted(hessian, decay), d, TOLERANCE, algebra));
        }
        all.sort((a, b) -> Double.compare(a.at(), b.at()));
        return all;
    }

    private static Found found(double at, RealMatrix f, RealMatrix d, double tolerance, LinearAlgebra algebra) {
        return new Found(at, LinearIrreversibility.of(LinearDecomposition.of(f, d, tolerance, algebra)));
    }

    private static RealMatrix shifted(RealMatrix hessian, double weightDecay) {
        RealMatrix f = hessian.copy();
        for (int i = 0; i < f.getRowDimension(); i++) {
            f.addToEntry(i, i, weightDecay);
        }
        return f;
    }

    /** j ≠ 0, by as much as NumPy says. D is exact: the images are the data, of which batches are drawn. */
    private static void force(GradientSource source, LinearIrreversibility base, Sheet sheet) throws IOException {
        if (source.numpy(sheet).isEmpty()) {
            sheet.holds(LEMMA_6_FORCE, source.description() + ", about its minimum under weight decay")
                    .measure("‖FD − DF‖/‖FD‖", base.decomposition().detailedBalanceDefect())
                    .exact()
                    .atLeast(0.05, none(), closedForm("0 where FD = DF, the condition of detailed balance"));
            return;
        }
        Evidence force = sheet.holds(
                LEMMA_6_FORCE,
                source.description()
                        + ", about its minimum under weight decay, with D of the 4,000 images that make its loss");
        Oracle numpy = independent("eigenvectors of F and of Σ by NumPy");
        force.measure("‖FD − DF‖/‖FD‖", base.decomposition().detailedBalanceDefect())
                .exact()
                .near(0.27741198933803446, rounding(1e-9), numpy);
        double[] rates = {0.3470917, 0.30667904, 0.26001122};
        for (int k = 0; k < rates.length; k++) {
            force.measure(
                            "rotation rate of plane " + (k + 1),
                            base.rotationPlanes().get(k).rate())
                    .in("rad/time")
                    .exact()
                    .near(rates[k], printed(k == 0 ? 5e-8 : 5e-9), numpy);
        }
        force.measure("entropy production where D has noise above 1e-8", new Found(0.0, base).entropyProduction())
                .in("nats/time")
                .exact()
                .near(
                        3012.6038510952053,
                        Tolerance.of(1e-4, "rounding, over the weakest noise counted: 1e-8 of it"),
                        numpy);
    }

    /** Σ aᵢⱼ bᵢⱼ. */
    private static double inner(RealMatrix a, RealMatrix b) {
        double sum = 0.0;
        for (int i = 0; i < a.getRowDimension(); i++) {
            for (int j = 0; j < a.getColumnDimension(); j++) {
                sum += a.getEntry(i, j) * b.getEntry(i, j);
            }
        }
        return sum;
    }

    private static void measure(GradientSource source, LinearIrreversibility base, Evidence numbers, Sheet sheet) {
        LinearDecomposition found = base.decomposition();
        numbers.measure("rank of D above λₘₐₓ·1e-8", found.rankOfD());
        numbers.measure("dimension of the reachable subspace", found.reachableDimension());
        numbers.measure("stationary variances above their largest·1e-8", found.rankOfCovariance());
        numbers.measure("condition of the equation for Q", found.condition());
        numbers.measure("‖F − (D + Q)U‖/‖F‖ on the image of U", found.productResidual());
        numbers.measure("part of the current where D has no noise above 1e-8", base.currentOutsideOfNoise());
        double squares = 2.0
                * base.rotationPlanes().stream()
                        .mapToDouble(p -> p.rate() * p.rate())
                        .sum();
        RealMatrix qu = LinearAlgebra.forOrder(found.dimension()).multiply(found.q(), found.u());
        Evidence consistency = sheet.consistency("Q, U and the planes of rotation of " + source.description());
        // What is left out of D by the tolerance enters the residual as noise of that strength in each direction.
        consistency
                .measure("‖FQ + QF − FD + DF‖/‖FD‖", found.sylvesterResidual())
                .exact()
                .atMost(
                        Math.sqrt(found.dimension()) * TOLERANCE
                                + found.dimension() * found.condition() * MatrixSpectrum.FLOAT64_EPSILON,
                        none(),
                        construction("the equation that Q solves"));
        consistency
                .measure("2Σω² over −tr (QU)²", squares / -inner(qu, qu.transpose()))
                .exact()
                .near(
                        1.0,
                        Tolerance.of(1e-8, "directions of noise below 1e-8 are left out"),
                        construction("the squares of the eigenvalues of U^½QU^½"));
    }

    private static void draw(GradientSource source, List<Found> byDecay, double largest, Sheet sheet)
            throws IOException {
        XyPanel rates = XyPanel.titled("Rotation rates of j = −QUx")
                .xAxis("number of the plane")
                .yAxis("ω, radians per unit of time")
                .logY();
        for (int k = 0; k < byDecay.size(); k += 2) {
            Found one = byDecay.get(k);
            double[] rate = one.system().rotationPlanes().stream()
                    .mapToDouble(RotationPlane::rate)
                    .limit(RATES)
                    .toArray();
            rates.line(
                    String.format(Locale.ROOT, "δ = %.3f", one.at()),
                    IntStream.rangeClosed(1, rate.length).asDoubleStream().toArray(),
                    rate);
        }
        double[] decay = byDecay.stream().mapToDouble(Found::at).toArray();
        sheet.figure(
                "rotation" + source.suffix(),
                "Left: rates at which the stationary current turns, plane by plane, for three weight decays. Right: the distance"
                        + " from detailed balance, and the fastest rate over the largest eigenvalue of the Hessian, against"
                        + " weight decay. Noise below 1e-8 of the strongest does not count.",
                Figure.titled("Circulation of stochastic gradient descent about " + source.description())
                        .row(
                                rates,
                                XyPanel.titled("Dependence on weight decay")
                                        .xAxis("weight decay δ")
                                        .yAxis("defect; ω₁ over λₘₐₓ of the Hessian")
                                        .logX()
                                        .logY()
                                        .points(
                                                "‖FD − DF‖ / ‖FD‖",
                                                decay,
                                                byDecay.stream()
                                                        .mapToDouble(one -> one.system()
                                                                .decomposition()
                                                                .detailedBalanceDefect())
                                                        .toArray())
                                        .points(
                                                "ω₁/λₘₐₓ",
                                                decay,
                                                byDecay.stream()
                                                        .mapToDouble(one -> one.rate(0) / largest)
                                                        .toArray()))
                        .panelSize(500, 420),
                LEMMA_6_FORCE);
    }

    private static void drawNoise(GradientSource source, List<Found> byTolerance, Sheet sheet) throws IOException {
        double[] tolerances = byTolerance.stream().mapToDouble(Found::at).toArray();
        XyPanel turning = XyPanel.titled("Fastest rotations")
                .xAxis("noise that counts, relative to the strongest")
                .yAxis("ω, radians per unit of time")
                .logX();
        double top = 0.0;
        for (int i = 0; i < 3; i++) {
            int plane = i;
            double[] rate =
                    byTolerance.stream().mapToDouble(one -> one.rate(plane)).toArray();
            turning.points("plane " + (i + 1), tolerances, rate);
            top = Math.max(top, Arrays.stream(rate).max().orElse(1.0));
        }
        double[] entropy =
                byTolerance.stream().mapToDouble(Found::entropyProduction).toArray();
        sheet.figure(
                "noise" + source.suffix(),
                "The fastest rotation rates and the entropy production against the strength, relative to the largest eigenvalue of"
                        + " D, above which noise counts: from right to left the rates settle, entropy production grows on.",
                Figure.titled("What depends on how weak a noise counts: " + source.description())
                        .row(
                                turning.yRange(0.0, 1.1 * top),
                                XyPanel.titled("Entropy production")
                                        .xAxis("noise that counts, relative to the strongest")
                                        .yAxis("nats per unit of time")
                                        .logX()
                                        .logY()
                                        .points("", tolerances, entropy))
                        .panelSize(500, 420),
                LEMMA_6_FORCE);
    }
}
