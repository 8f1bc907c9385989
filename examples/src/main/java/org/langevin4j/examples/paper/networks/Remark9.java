package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.ABSTRACT_POTENTIAL;
import static org.langevin4j.examples.experiment.Statement.REMARK_9;
import static org.langevin4j.examples.experiment.Statement.SECTION_III_B;
import static org.langevin4j.examples.experiment.Tolerance.rounding;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;
import static org.langevin4j.examples.paper.networks.LinearRegression.CURVATURES;
import static org.langevin4j.examples.paper.networks.LinearRegression.NOISE;
import static org.langevin4j.examples.paper.networks.LinearRegression.SAMPLES;

import java.io.IOException;
import java.util.Arrays;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.paper.networks.LinearRegression.Estimate;
import org.langevin4j.examples.paper.networks.LinearRegression.Moments;
import org.langevin4j.examples.paper.networks.LinearRegression.Run;

/**
 * Remark 9 of Chaudhari and Soatto (2018) in linear regression: how much information of the data the weights carry, of stochastic gradient
 * descent and of the law that carries least at the same loss. Among weights w = w* + n with normal n of variances vᵢ, the information
 * ½ Σ log(1 + s²/(Nhᵢvᵢ)) at a given excess loss ½ Σ hᵢvᵢ is least where all hᵢvᵢ are equal: by convexity, and it is the law of isotropic noise.
 */
public final class Remark9 implements Experiment {

    private static final double[] RATES = {0.02, 0.005};

    /** Step of the Langevin equation. */
    private static final double STEP = 0.02;

    private static final String FALLS =
            "linear regression: the information that SGD’s weights carry of the data falls as η/b grows";

    private static final String ISOTROPIC =
            "isotropic noise, D = cI: no normal noise about w* carries less at the same loss";

    private static final String OWN_NOISE =
            "SGD’s own noise, D = s²H with unequal curvatures: at the same loss its weights carry more than the least possible";

    @Override
    public String name() {
        return "remark-9";
    }

    @Override
    public String summary() {
        return "Information that weights of linear regression carry of the data: SGD against the least at the same loss";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        double[][] points = new double[4][2];
        Estimate[] information = new Estimate[2];
        for (int k = 0; k < 2; k++) {
            double rate = RATES[k];
            double[] variances = LinearRegression.variances(rate);
            double[] start = new double[CURVATURES.length];
            Arrays.fill(start, 0.5 * rate * NOISE * NOISE);
            // The start is right but for a few per cent: these fall by e³ in the slowest direction.
            Run descent = LinearRegression.run(
                    sheet,
                    "remark-9, η/b = " + rate,
                    k,
                    sheet.choose(k == 0 ? 26_000 : 20_000, 60_000, 400_000),
                    (int) Math.round(15.0 / rate),
                    start,
                    0.0,
                    LinearRegression.stochasticGradient(sheet.seed().derive(10 + k), rate));
            double loss = loss(variances);
            double temperature = temperature(loss);
            double[] isotropic = new double[CURVATURES.length];
            Arrays.setAll(isotropic, i -> temperature / (CURVATURES[i] * (1.0 - 0.5 * STEP * CURVATURES[i])));
            Run langevin = LinearRegression.run(
                    sheet,
                    "remark-9, isotropic noise",
                    2 + k,
                    sheet.choose(20_000, 60_000, 400_000),
                    100,
                    isotropic,
                    0.0,
                    LinearRegression.langevin(sheet.seed().derive(12 + k), STEP, temperature, 0.0));
            information[k] = descent.estimate(Moments::information);
            Estimate least = langevin.estimate(Moments::information);
            write(sheet, rate, descent, langevin, information[k], least);
            points[0][k] = information[k].value();
            points[1][k] = information[k].error();
            points[2][k] = least.value();
            points[3][k] = least.error();
            if (k == 1) {
                bound(sheet, descent);
            }
        }
        sheet.holds(REMARK_9, FALLS)
                .measure(
                        "information at η/b = 0.005 less that at 0.02", information[1].value() - information[0].value())
                .in("nats")
                .standardError(Math.hypot(information[0].error(), information[1].error()))
                .atLeast(0.0, standardErrors(4), closedForm("½ Σ log(1 + 2b/(ηNhᵢ)) falls"));
        leastOfAll(sheet);
        draw(sheet, points);
    }

    private static void write(Sheet sheet, double rate, Run descent, Run langevin, Estimate carried, Estimate least) {
        double[] variances = LinearRegression.variances(rate);
        String at = "η/b = " + rate + ": ";
        sheet.holds(REMARK_9, FALLS)
                .measure(at + "information of SGD’s weights", carried.value())
                .in("nats")
                .standardError(carried.error())
                .near(
                        information(variances),
                        standardErrors(4),
                        closedForm("½ Σ log(1 + s²/((N−d−1)hᵢvᵢ)), vᵢ of SGD to all orders in η for normal inputs"));
        sheet.supplement("The information in the limit of small η and large N, ½ Σ log(1 + 2b/(ηNhᵢ))")
                .measure(at + "by that formula", limit(rate))
                .in("nats");
        double exact = information(isotropic(rate));
        sheet.holds(REMARK_9, ISOTROPIC)
                .measure(at + "information with isotropic noise at the loss of SGD", least.value())
                .in("nats")
                .standardError(least.error())
                .near(exact, standardErrors(4), closedForm("½ Σ log(1 + s²/((N−d−1)hᵢvᵢ)), hᵢvᵢ = τ"));
        Evidence fails = sheet.fails(REMARK_9, OWN_NOISE);
        Estimate mine = descent.estimate(Moments::loss);
        Estimate other = langevin.estimate(Moments::loss);
        fails.measure(at + "ratio of the excess losses, SGD to isotropic noise", mine.value() / other.value())
                .standardError(mine.value()
                        / other.value()
                        * Math.hypot(mine.error() / mine.value(), other.error() / other.value()))
                .near(1.0, standardErrors(4), closedForm("the temperature is so chosen"));
        double error = Math.hypot(carried.error(), least.error());
        fails.measure(
                        at + "information of SGD’s weights beyond that with isotropic noise",
                        carried.value() - least.value())
                .in("nats")
                .standardError(error)
                .near(
                        information(variances) - exact,
                        standardErrors(4),
                        closedForm("the difference of the two formulas"));
        fails.measure(at + "the same, for more than nothing", carried.value() - least.value())
                .in("nats")
                .standardError(error)
                .atLeast(0.0, standardErrors(4), closedForm("0 for the bottleneck’s optimum"));
    }

    /**
     * How far SGD's law is from the one that the evidence lower bound with a uniform prior has as its optimum: e^(−βΦ) with
     * Φ = |w − w*|²/(2s²), which Lemma 20 gives, and e^(−βf).
     */
    private static void bound(Sheet sheet, Run descent) {
        int d = CURVATURES.length;
        Estimate potential = descent.estimate(moments -> {
            RealMatrix scaled = moments.within().scalarMultiply(2.0 / (RATES[1] * NOISE * NOISE));
            return 0.5 * (scaled.getTrace() - d - LinearRegression.logDeterminant(scaled));
        });
        sheet.holds(SECTION_III_B, "linear regression, with Φ = |w − w*|²/(2s²) for the loss, as the paper notes")
                .measure("η/b = 0.005: evidence lower bound of SGD’s law above its optimum", potential.value())
                .in("nats")
                .standardError(potential.error())
                .near(
                        0.0,
                        standardErrors(4).plus(5.0 * RATES[1] * RATES[1], "(η tr H)²"),
                        closedForm("e^(−βΦ) is the optimum"));
        double[] variances = LinearRegression.variances(RATES[1]);
        double logarithms = 0.0;
        for (int i = 0; i < d; i++) {
            logarithms += Math.log(CURVATURES[i] * variances[i]);
        }
        RealMatrix h = MatrixUtils.createRealDiagonalMatrix(CURVATURES);
        Estimate loss = descent.estimate(moments -> {
            RealMatrix product = h.multiply(moments.within());
            return 0.5 * (d * Math.log(product.getTrace() / d) - LinearRegression.logDeterminant(product));
        });
        sheet.holds(
                        ABSTRACT_POTENTIAL,
                        "linear regression, where D = s²H makes Φ isotropic whatever the curvatures of f")
                .measure(
                        "η/b = 0.005: the bound with f itself above its optimum, at the temperature that suits best",
                        loss.value())
                .in("nats")
                .standardError(loss.error())
                .near(
                        0.5 * d * Math.log(2.0 * loss(variances) / d) - 0.5 * logarithms,
                        standardErrors(4),
                        closedForm("(d/2) log(Σ hᵢvᵢ/d) − ½ Σ log hᵢvᵢ, vᵢ of SGD to all orders in η"));
        double mean = Arrays.stream(CURVATURES).average().orElseThrow();
        double geometric =
                Math.exp(Arrays.stream(CURVATURES).map(Math::log).average().orElseThrow());
        sheet.supplement(
                        "What SGD’s own noise costs for small η: (d/2) log of the ratio of the curvatures’ arithmetic and geometric mean")
                .measure("curvatures 2, 0.5, 0.1: by that formula", 0.5 * d * Math.log(mean / geometric))
                .in("nats");
    }

    /** The least over a grid of shares of the loss, against equal shares. */
    private static void leastOfAll(Sheet sheet) {
        double loss = loss(LinearRegression.variances(RATES[0]));
        int parts = 300;
        double least = Double.POSITIVE_INFINITY;
        for (int a = 1; a < parts - 1; a++) {
            for (int b = 1; a + b < parts; b++) {
                double[] shares = {(double) a / parts, (double) b / parts, (double) (parts - a - b) / parts};
                double[] v = new double[3];
                for (int i = 0; i < 3; i++) {
                    v[i] = 2.0 * loss * shares[i] / CURVATURES[i];
                }
                least = Math.min(least, information(v));
            }
        }
        double[] equal = new double[3];
        Arrays.setAll(equal, i -> 2.0 * loss / (3.0 * CURVATURES[i]));
        sheet.holds(REMARK_9, ISOTROPIC)
                .measure(
                        "η/b = 0.02: least information at this loss over 44,551 ways to share it among three directions",
                        least)
                .in("nats")
                .exact()
                .near(information(equal), rounding(1e-12), independent("equal shares, by convexity"));
    }

    private static double loss(double[] variances) {
        double sum = 0.0;
        for (int i = 0; i < variances.length; i++) {
            sum += 0.5 * CURVATURES[i] * variances[i];
        }
        return sum;
    }

    /** Of isotropic noise with that loss, in steps of {@link #STEP}. */
    private static double temperature(double loss) {
        double sum = 0.0;
        for (double h : CURVATURES) {
            sum += 0.5 / (1.0 - 0.5 * STEP * h);
        }
        return loss / sum;
    }

    private static double[] isotropic(double rate) {
        double temperature = temperature(loss(LinearRegression.variances(rate)));
        return Arrays.stream(CURVATURES)
                .map(h -> temperature / (h * (1.0 - 0.5 * STEP * h)))
                .toArray();
    }

    /** In nats; w* has the covariance s²H⁻¹/(N − d − 1) over data sets with normal inputs. */
    private static double information(double[] variances) {
        double sum = 0.0;
        for (int i = 0; i < variances.length; i++) {
            sum += 0.5
                    * Math.log1p(NOISE * NOISE / ((SAMPLES - CURVATURES.length - 1.0) * CURVATURES[i] * variances[i]));
        }
        return sum;
    }

    private static double limit(double ratio) {
        double sum = 0.0;
        for (double h : CURVATURES) {
            sum += 0.5 * Math.log1p(2.0 / (ratio * SAMPLES * h));
        }
        return sum;
    }

    private static void draw(Sheet sheet, double[][] points) throws IOException {
        double[] ratios = new double[41];
        double[] descent = new double[41];
        double[] least = new double[41];
        for (int k = 0; k < 41; k++) {
            ratios[k] = 0.0025 * Math.pow(16.0, k / 40.0);
            descent[k] = information(LinearRegression.variances(ratios[k]));
            least[k] = information(isotropic(ratios[k]));
        }
        sheet.figure(
                "information",
                "Information of the data that the weights of linear regression carry, of SGD and of isotropic noise at the same loss;"
                        + " lines by closed form. Both fall with η/b; SGD carries more.",
                Figure.titled("SGD’s weights forget data as η/b grows, but not in the cheapest way")
                        .row(XyPanel.titled("")
                                .xAxis("η/b")
                                .yAxis("information, nats")
                                .logX()
                                .line("SGD, D = s²H", ratios, descent)
                                .line("isotropic noise at the same loss", ratios, least)
                                .points("SGD, sampled", RATES, points[0], points[1])
                                .like("SGD, D = s²H")
                                .points("isotropic noise, sampled", RATES, points[2], points[3])
                                .like("isotropic noise at the same loss"))
                        .panelSize(720, 420),
                REMARK_9);
    }
}
