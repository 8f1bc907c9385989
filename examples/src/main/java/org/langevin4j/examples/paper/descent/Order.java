package org.langevin4j.examples.paper.descent;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.LuFactors;

/**
 * The order p at η → 0 of errors without noise, by least squares of log|e| = c + p log η + qη, where q takes up the next order.
 *
 * @param value p
 * @param halfWidth of its 99 % interval, by Student’s law from the scatter about the fit: what orders beyond the next leave
 */
record Order(double value, double halfWidth) {

    static Order of(double[] rates, double[] errors) {
        int n = rates.length;
        RealMatrix x = MatrixUtils.createRealMatrix(n, 3);
        double[] y = new double[n];
        for (int k = 0; k < n; k++) {
            x.setRow(k, new double[] {1.0, Math.log(rates[k]), rates[k] / rates[0]});
            y[k] = Math.log(Math.abs(errors[k]));
        }
        RealMatrix inverse = LuFactors.of(x.transpose().multiply(x)).inverse();
        double[] fit = inverse.operate(x.transpose().operate(y));
        double[] line = x.operate(fit);
        double squares = 0.0;
        for (int k = 0; k < n; k++) {
            squares += Math.pow(y[k] - line[k], 2);
        }
        double error = Math.sqrt(squares / (n - 3.0) * inverse.getEntry(1, 1));
        return new Order(fit[1], error * new TDistribution(n - 3.0).inverseCumulativeProbability(0.995));
    }

    static double[] absolute(double[] values) {
        return Arrays.stream(values).map(Math::abs).toArray();
    }
}
