package org.langevin4j.solvers.orbit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.hipparchus.complex.Complex;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.solvers.ConvergenceException;
import org.langevin4j.solvers.orbit.PeriodicOrbitBranch.Ending;

/**
 * Follows a family of periodic orbits from a Hopf point: pseudo-arclength steps of the collocation equation, whose phase
 * refers to the orbit before and whose mesh is adapted on the way. Used once.
 */
final class PeriodicOrbitCourse {

    private static final int MOST_ORBITS = 2000;

    /** Steps between two meshes. */
    private static final int MESH_KEPT = 3;

    private static final int FEWEST_INTERVALS = 20;

    /** Estimated error of the polynomials, relative to the size of the orbit, above which the intervals are doubled. */
    private static final double AIM = 1e-5;

    /** Largest estimated error of the polynomials relative to the size of the orbit. */
    private static final double RESOLVED = 1e-4;

    private static final double LONGEST = 1e3;

    /** So many orbits at one parameter, from the first on, belong to a centre. */
    private static final int CENTRE_TOLD = 12;

    private static final double SAME = 1e-10;

    /** A smaller |p′| is rounding. */
    private static final double FLAT = 1e-9;

    /** Relative change of p that is no error of the mesh. */
    private static final double TOLD_APART = 1e-7;

    /** At a smaller |p′| a multiplier that passes 1 belongs to a fold. */
    private static final double STEEP = 1e-5;

    private static final double LOCATED = 1e-10;
    private static final int MAX_LOCATIONS = 60;

    private final DoubleFunction<? extends VectorField> family;
    private final int d;
    private final double min;
    private final double max;
    private final double largestStep;
    private final int mostIntervals;
    private final List<PeriodicOrbit> orbits = new ArrayList<>();
    private final List<Double> parameters = new ArrayList<>();
    private final List<PeriodicOrbitBifurcation> bifurcations = new ArrayList<>();

    /** Where p′ changed its sign since p last went its way. */
    private final List<PeriodicOrbitBifurcation> turns = new ArrayList<>();

    /** Where p last changed for sure: the sign of p′. */
    private double slopeSign;

    /** Where each test function last had a sign: that sign. */
    private final Map<MultiplierFunction, Double> signs = new EnumMap<>(MultiplierFunction.class);

    private CollocationEquation equation;
    private double[] y;
    private double[] tangent;

    /** One point of the curve: its unknowns, its tangent, its orbit. */
    private static final class Point {
        private final double[] y;
        private final double[] tangent;
        private final PeriodicOrbit orbit;

        Point(double[] y, double[] tangent, PeriodicOrbit orbit) {
            this.y = y;
            this.tangent = tangent;
            this.orbit = orbit;
        }

        PeriodicOrbit orbit() {
            return orbit;
        }

        /** p′. */
        double slope() {
            return tangent[tangent.length - 1];
        }
    }

    /** Begins at a Hopf point, with the orbit of the linear part, Re(q e^(2πiτ)), as direction and reference. */
    PeriodicOrbitCourse(
            FixedPointEquation fixedPoints,
            double min,
            double max,
            double largestStep,
            Bifurcation hopf,
            double frequency,
            int mostIntervals) {
        this.family = fixedPoints.family();
        this.d = fixedPoints.dimension();
        this.min = min;
        this.max = max;
        this.largestStep = largestStep;
        this.mostIntervals = mostIntervals;
        CollocationMesh mesh = CollocationMesh.uniform(Math.min(FEWEST_INTERVALS, mostIntervals));
        double[] x = hopf.location();
        Complex[] q = Eigenvalues.vector(fixedPoints.flow(hopf.parameter()).jacobian(x), new Complex(0.0, frequency));
        double[] centre = new double[mesh.nodes() * d];
        double[] pattern = new double[mesh.nodes() * d];
        for (int k = 0; k < mesh.nodes(); k++) {
            double angle = 2.0 * Math.PI * mesh.node(k);
            for (int a = 0; a < d; a++) {
                centre[k * d + a] = x[a];
                pattern[k * d + a] = q[a].getReal() * Math.cos(angle) - q[a].getImaginary() * Math.sin(angle);
            }
        }
        this.equation = new CollocationEquation(family, d, mesh, pattern);
        this.y = equation.unknowns(centre, 2.0 * Math.PI / frequency, hopf.parameter());
        this.tangent = Vectors.unit(Arrays.copyOf(pattern, y.length));
    }

    PeriodicOrbitBranch follow() {
        double length = curve().firstStep();
        double longest = LONGEST * equation.period(y);
        while (orbits.size() < MOST_ORBITS) {
            PseudoArclength curve = curve();
            PseudoArclength.Step step;
            try {
                step = curve.advance(y, tangent, length, orbits.size());
            } catch (ConvergenceException e) {
                return end(Ending.STAGNATION);
            }
            if (!curve.contains(step.y())) {
                return endAtEdge(curve, step.y());
            }
            if (!orbits.isEmpty() && shrankAway(step.y())) {
                return end(Ending.FIXED_POINT);
            }
            Point point = new Point(step.y(), step.tangent(), orbit(step.y()));
            double[] nodes = equation.nodes(step.y());
            if (!(point.orbit().gap() <= RESOLVED * size(nodes))) {
                return end(Ending.RESOLUTION);
            }
            watch(curve, point, step.length());
            add(point);
            y = step.y();
            tangent = step.tangent();
            length = step.next();
            if (isCentre()) {
                return end(Ending.CENTRE);
            }
            if (equation.period(y) > longest) {
                return end(Ending.PERIOD);
            }
            try {
                renew(nodes);
            } catch (ConvergenceException e) {
                return end(Ending.STAGNATION);
            }
        }
        return end(Ending.LENGTH);
    }

    private PseudoArclength curve() {
        return new PseudoArclength(equation, min, max, largestStep);
    }

    private void add(Point point) {
        orbits.add(point.orbit());
        parameters.add(equation.parameter(point.y));
    }

    private PeriodicOrbitBranch end(Ending ending) {
        if (orbits.isEmpty()) {
            throw new ConvergenceException(
                    "no periodic orbit was found beside the Hopf point at the parameter " + equation.parameter(y)
                            + ", x = " + OrbitException.text(Arrays.copyOf(equation.nodes(y), d)),
                    Vectors.norm(equation.value(y)),
                    0,
                    PseudoArclength.SMALLEST_STEP);
        }
        return new PeriodicOrbitBranch(
                orbits, parameters.stream().mapToDouble(p -> p).toArray(), bifurcations, ending);
    }

    /** Whether the parameter does not change from orbit to orbit. */
    private boolean isCentre() {
        if (orbits.size() != CENTRE_TOLD) {
            return false;
        }
        double first = parameters.get(0);
        return parameters.stream().allMatch(p -> Math.abs(p - first) <= SAME * (1.0 + Math.abs(first)));
    }

    private PeriodicOrbitBranch endAtEdge(PseudoArclength curve, double[] outside) {
        if (!curve.leavesFromEdge(y, outside)) {
            try {
                double[] last = curve.edge(y, outside);
                add(new Point(last, tangent, orbit(last)));
            } catch (ConvergenceException e) {
                return end(Ending.STAGNATION);
            }
        }
        return end(Ending.PARAMETER);
    }

    /** Beyond a Hopf point the curve goes on with the same orbits, half a turn ahead. */
    private boolean shrankAway(double[] next) {
        double[] before = deviations(equation.nodes(y));
        return Vectors.dot(before, deviations(equation.nodes(next))) < 0.0;
    }

    /** From the mean of the nodes. */
    private double[] deviations(double[] nodes) {
        double[] out = nodes.clone();
        int n = nodes.length / d;
        for (int a = 0; a < d; a++) {
            double mean = 0.0;
            for (int k = 0; k < n; k++) {
                mean += nodes[k * d + a] / n;
            }
            for (int k = 0; k < n; k++) {
                out[k * d + a] -= mean;
            }
        }
        return out;
    }

    private double size(double[] nodes) {
        return Vectors.norm(deviations(nodes)) / Math.sqrt(nodes.length / (double) d);
    }

    private PeriodicOrbit orbit(double[] at) {
        double[] nodes = equation.nodes(at);
        double period = equation.period(at);
        CollocationMesh mesh = equation.mesh();
        DoubleFunction<double[]> state = time -> mesh.at(nodes, d, time == period ? 0.0 : time / period);
        return new PeriodicOrbit(
                new Crossing(Arrays.copyOf(nodes, d), period),
                equation.monodromy(at),
                mesh.error(nodes, d),
                0,
                () -> new Orbit(state, period, d));
    }

    /** The phase of the last orbit, and now and then or where the orbit asks for it another mesh. */
    private void renew(double[] nodes) {
        CollocationMesh mesh = equation.mesh();
        int intervals = mesh.intervals();
        if (mesh.error(nodes, d) > AIM * size(nodes)) {
            intervals = Math.min(2 * intervals, mostIntervals);
        }
        if (intervals == mesh.intervals() && orbits.size() % MESH_KEPT != 0) {
            equation = new CollocationEquation(family, d, mesh, nodes);
            tangent = curve().tangent(y, tangent);
            return;
        }
        CollocationMesh adapted = mesh.adapted(nodes, d, intervals);
        double[] moved = mesh.to(adapted, nodes, d);
        CollocationEquation next = new CollocationEquation(family, d, adapted, moved);
        // As unknowns: with the scale of the new mesh, and the two numbers as they are.
        double[] direction = next.unknowns(mesh.to(adapted, equation.nodes(tangent), d), 1.0, 0.0);
        System.arraycopy(tangent, tangent.length - 2, direction, direction.length - 2, 2);
        double[] start = next.unknowns(moved, equation.period(y), equation.parameter(y));
        equation = next;
        PseudoArclength curve = curve();
        direction = Vectors.unit(direction);
        y = curve.corrected(start, direction);
        tangent = curve.tangent(y, direction);
    }

    private void watch(PseudoArclength curve, Point point, double length) {
        double slope = Math.abs(point.slope()) > FLAT ? Math.signum(point.slope()) : 0.0;
        boolean fold = slopeSign * slope < 0.0;
        slopeSign = slope == 0.0 ? slopeSign : slope;
        if (fold) {
            Point at = locate(curve, Point::slope, length);
            turns.add(new PeriodicOrbitBifurcation(
                    PeriodicOrbitBifurcation.Type.FOLD, equation.parameter(at.y), at.orbit()));
        }
        confirmFold(equation.parameter(point.y));
        // At a fold a multiplier passes 1, too, and near one it is not told from a crossing.
        boolean steep = !fold && Math.min(Math.abs(tangent[tangent.length - 1]), Math.abs(point.slope())) > STEEP;
        for (MultiplierFunction test : MultiplierFunction.values()) {
            double sign = test.sign(point.orbit());
            double last = signs.getOrDefault(test, 0.0);
            if (last * sign < 0.0 && (test != MultiplierFunction.ONE || steep)) {
                Point at = locate(curve, each -> test.value(each.orbit()), length);
                if (test.vanishes(at.orbit())) {
                    bifurcations.add(new PeriodicOrbitBifurcation(test.type(), equation.parameter(at.y), at.orbit()));
                }
            }
            if (sign != 0.0) {
                signs.put(test, sign);
            }
        }
    }

    /**
     * Where p hardly changes, as in a canard explosion, the error of the mesh turns it to and fro. A fold is told once p has gone away
     * from it, and if it went back.
     */
    private void confirmFold(double parameter) {
        if (turns.isEmpty()) {
            return;
        }
        PeriodicOrbitBifurcation first = turns.get(0);
        if (Math.abs(parameter - first.parameter()) > TOLD_APART * (1.0 + Math.abs(parameter))) {
            if (turns.size() % 2 == 1) {
                bifurcations.add(first);
            }
            turns.clear();
        }
    }

    /** The point between the last one and one step ahead at which a function vanishes. */
    private Point locate(PseudoArclength curve, ToDoubleFunction<Point> function, double length) {
        Point start = beside(curve, 0.0);
        if (!(function.applyAsDouble(start) * function.applyAsDouble(beside(curve, length)) < 0.0)) {
            // Its last sign was of before, or on another mesh: it vanishes near the start, or it was rounding.
            return start;
        }
        return beside(
                curve,
                new BracketingNthOrderBrentSolver(0.0, LOCATED * length, 0.0, 5)
                        .solve(MAX_LOCATIONS, t -> function.applyAsDouble(beside(curve, t)), 0.0, length));
    }

    private Point beside(PseudoArclength curve, double length) {
        double[] at = curve.corrected(Vectors.moved(y, tangent, length), tangent);
        return new Point(at, curve.tangent(at, tangent), orbit(at));
    }
}
