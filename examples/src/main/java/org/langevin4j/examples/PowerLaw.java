package org.langevin4j.examples;

import org.langevin4j.charts.XyPanel;

/** How an error falls with a step: its order, and the line beside it in a picture. */
final class PowerLaw {

    private PowerLaw() {}

    /** A power law beside the points, for the eye. */
    static void guide(XyPanel panel, String name, double from, double to, double factor, int power) {
        panel.line(name, new double[] {from, to}, new double[] {
            factor * Math.pow(from, power), factor * Math.pow(to, power)
        });
    }

    /** Slope of log y against log x, by least squares. */
    static double order(double[] x, double[] y) {
        int n = x.length;
        double meanX = 0.0;
        double meanY = 0.0;
        for (int i = 0; i < n; i++) {
            meanX += Math.log(x[i]) / n;
            meanY += Math.log(y[i]) / n;
        }
        double xx = 0.0;
        double xy = 0.0;
        for (int i = 0; i < n; i++) {
            double u = Math.log(x[i]) - meanX;
            xx += u * u;
            xy += u * (Math.log(y[i]) - meanY);
        }
        return xy / xx;
    }

    static double[] halvings(double first, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = first / (1 << i);
        }
        return values;
    }
}
