package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.rounding;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.decomposition.LinearCurrents;
import org.langevin4j.core.decomposition.LinearCurrents.Current;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.decomposition.LinearIrreversibility;
import org.langevin4j.core.decomposition.RotationPlane;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Line;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;

/**
 * The thermodynamic uncertainty relation (Barato and Seifert 2015, Phys. Rev. Lett. 114, 158101), var(J) σt/⟨J⟩² ≥ 2, for stochastic gradient descent about a
 * trained network: what areas swept in the planes of rotation say of the entropy production σ, from Lemma 20's F, D and Q, and from sampled paths.
 */
public final class UncertaintyRelation implements Experiment {

    /** δ makes the smallest eigenvalue of F this fraction of the largest of the Hessian. */
    private static final double STABILITY = 0.01;

    /** Noise weaker than this fraction of the strongest does not count. */
    private static final double TOLERANCE = 1e-8;

    /** Directions of the largest curvature that are sampled: F does not couple them to the rest. */
    private static final int SAMPLED = 12;

    /** β cancels. */
    private static final Temperature UNIT = Temperature.of(1.0);

    private static final Oracle THEOREM = closedForm("2⟨J⟩²/(t var J) ≤ σ");

    @Override
    public String name() {
        return "uncertainty-relation";
    }

    @Override
    public String summary() {
        return "The thermodynamic uncertainty relation for SGD about a trained network: what currents say of entropy production";
    }

    @Override
    public int files() {
        return 1;
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        GradientSource source = GradientSource.of(sheet);
        RealMatrix hessian = source.requireHessian();
        int n = hessian.getRowDimension();
        LinearAlgebra algebra = LinearAlgebra.forOrder(n);
        Eigenpairs eigen = algebra.symmetricEigen(hessian);
        double decay = STABILITY * eigen.value(0) - eigen.value(n - 1);
        RealMatrix f = hessian.add(MatrixUtils.createRealIdentityMatrix(n).scalarMultiply(decay));
        RealMatrix d = source.diffusion().toMatrix();
        whole(source, f, d, algebra, sheet);
        double[] rates =
                Arrays.stream(eigen.values()).limit(SAMPLED).map(h -> h + decay).toArray();
        RealMatrix leading = MatrixUtils.createRealMatrix(eigen.leadingVectors(SAMPLED));
        RealMatrix noise = algebra.multiply(algebra.multiply(leading, d), leading.transpose());
        sampled(source, rates, noise, sheet);
    }

    private static void whole(GradientSource source, RealMatrix f, RealMatrix d, LinearAlgebra algebra, Sheet sheet)
            throws IOException {
        LinearDecomposition decomposition = LinearDecomposition.of(f, d, TOLERANCE, algebra);
        LinearIrreversibility irreversibility = LinearIrreversibility.of(decomposition);
        double sigma =
                Arrays.stream(irreversibility.entropyProductionByDirection()).sum();
        LinearCurrents currents = LinearCurrents.of(decomposition, UNIT);
        List<RotationPlane> planes = irreversibility.rotationPlanes();
        double[] bounds = planes.stream()
                .limit(sheet.choose(4, 20, 60))
                .mapToDouble(plane -> currents.area(
                                decomposition.u().operate(plane.first()),
                                decomposition.u().operate(plane.second()))
                        .entropyBound())
                .toArray();
        Current force = currents.current(force(decomposition, algebra));
        Evidence evidence = sheet.supplement("The uncertainty relation holds for F and D of " + source.description()
                + "; areas say little of entropy production");
        evidence.measure("σ where D has noise above 1e-8", sigma).in("nats/time");
        double best = Arrays.stream(bounds).max().orElseThrow();
        Line line = evidence.measure("largest bound of an area in a plane of rotation", best)
                .in("nats/time")
                .exact();
        if (source.kind() == GradientSource.Kind.TINY_FC) {
            line.near(0.8042520530, rounding(1e-8), Oracle.independent("eigenvectors of F and of Σ by NumPy"));
        }
        evidence.measure("the same over σ", best / sigma).exact().atMost(1.0, none(), THEOREM);
        evidence.measure("bound of the current of the force D⁻¹(−QUx), over σ", force.entropyBound() / sigma)
                .exact()
                .atMost(1.0, none(), THEOREM);
        evidence.measure("rate of that current over σ", force.rate() / sigma);
        sheet.figure(
                "bounds",
                "What the mean and the variance of the area swept in each plane of rotation say of the entropy production, beside what it is.",
                Figure.titled("Uncertainty relation: " + source.description())
                        .row(XyPanel.titled("")
                                .xAxis("number of the plane of rotation")
                                .yAxis("bound 2⟨J⟩²/(t var J), nats/time")
                                .logY()
                                .points(
                                        "area",
                                        IntStream.rangeClosed(1, bounds.length)
                                                .asDoubleStream()
                                                .toArray(),
                                        bounds)
                                .horizontalLine(sigma, "σ")
                                .horizontalLine(force.entropyBound(), "bound of the current of the force"))
                        .panelSize(760, 440));
    }

    /** −D⁺QU, whose current is entropy production. */
    private static RealMatrix force(LinearDecomposition decomposition, LinearAlgebra algebra) {
        Eigenpairs eigen = algebra.symmetricEigen(decomposition.diffusionMatrix());
        int rank = decomposition.rankOfD();
        RealMatrix v = MatrixUtils.createRealMatrix(eigen.leadingVectors(rank));
        RealMatrix image = algebra.multiply(algebra.multiply(v, decomposition.q()), decomposition.u());
        for (int k = 0; k < rank; k++) {
            double[] row = image.getRow(k);
            for (int j = 0; j < row.length; j++) {
                row[j] /= -eigen.value(k);
            }
            image.setRow(k, row);
        }
        return algebra.multiply(v.transpose(), image);
    }

    /** F diagonal, D not: Ornstein–Uhlenbeck paths at exact steps, the area of their polygons in the fastest plane, and its exact moments. */
    private static void sampled(GradientSource source, double[] rates, RealMatrix d, Sheet sheet) {
        LinearDecomposition decomposition = LinearDecomposition.of(MatrixUtils.createRealDiagonalMatrix(rates), d);
        LinearIrreversibility irreversibility = LinearIrreversibility.of(decomposition);
        double sigma = irreversibility.entropyProductionRate().orElseThrow();
        RotationPlane plane = irreversibility.rotationPlanes().get(0);
        double[] p = decomposition.u().operate(plane.first());
        double[] q = decomposition.u().operate(plane.second());
        Current area = LinearCurrents.of(decomposition, UNIT).area(p, q);
        double step = 0.05 / rates[0];
        int length = (int) Math.ceil(20.0 / rates[rates.length - 1] / step);
        SampledAreas areas = new SampledAreas(rates, d, p, q, step);
        int paths = sheet.choose(96, 512, 1024);
        int blocks = sheet.choose(32, 64, 128);
        List<double[]> found = IntStream.range(0, paths)
                .parallel()
                .mapToObj(path -> areas.blocks(sheet.seed().derive(183), path, blocks, length))
                .toList();
        RunningMoments single = new RunningMoments(1);
        RunningMoments pairs = new RunningMoments(1);
        for (double[] one : found) {
            for (int k = 0; k < one.length; k++) {
                single.add(one[k]);
                if (k % 2 == 1) {
                    pairs.add(one[k - 1] + one[k]);
                }
            }
        }
        double time = step * length;
        // What the ends of a block add does not grow with it, and goes in the difference.
        double variance = (pairs.variance(0) - single.variance(0)) / time;
        double varianceError = Math.hypot(
                        pairs.variance(0) * Math.sqrt(2.0 / pairs.count()),
                        single.variance(0) * Math.sqrt(2.0 / single.count()))
                / time;
        double rate = single.mean(0) / time;
        double bound = 2.0 * rate * rate / variance;
        double boundError =
                bound * Math.hypot(2.0 * single.standardError(0) / single.mean(0), varianceError / variance);
        String of = SAMPLED + " directions of the largest curvature of " + source.description();
        Evidence evidence = sheet.supplement("The uncertainty relation from sampled paths, in " + of);
        evidence.measure("mean area a unit of time", rate)
                .standardError(single.standardError(0) / time)
                .near(areas.rate(), standardErrors(4), closedForm("½⟨y₁(t)y₂(t + h) − y₂(t)y₁(t + h)⟩/h"));
        evidence.measure("variance of the area a unit of time", variance)
                .standardError(varianceError)
                .near(areas.varianceRate(), standardErrors(4), closedForm("Poisson's equation of the sampled process"));
        evidence.measure("σ of these directions", sigma).in("nats/time");
        evidence.measure("bound 2⟨J⟩²/(t var J) from paths", bound)
                .in("nats/time")
                .standardError(boundError)
                .atMost(sigma, standardErrors(4), THEOREM);
        evidence.measure("the same from F and D", area.entropyBound()).in("nats/time");
        sheet.consistency("Areas of polygons tend to those of paths")
                .measure(
                        "exact variance at the step of the paths over that of no step",
                        areas.varianceRate() / area.varianceRate())
                .near(1.0, rounding(0.1), construction("1 as the step goes to 0"));
    }
}
