package org.langevin4j.charts;

/** The least interval that holds all finite values given to it. */
final class Extent {

    private double low = Double.POSITIVE_INFINITY;
    private double lowPositive = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    void include(double value) {
        if (Double.isFinite(value)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
            if (value > 0.0) {
                lowPositive = Math.min(lowPositive, value);
            }
        }
    }

    /** The interval, wider by the fraction on either side but not across zero. */
    double[] linear(double padding) {
        if (!(low <= high)) {
            return new double[] {0.0, 1.0};
        }
        double pad = high > low ? padding * (high - low) : low == 0.0 ? 1.0 : 0.1 * Math.abs(low);
        double from = low >= 0.0 ? Math.max(0.0, low - pad) : low - pad;
        double to = high <= 0.0 ? Math.min(0.0, high + pad) : high + pad;
        return from < to ? new double[] {from, to} : new double[] {from - pad, to + pad};
    }

    /** The positive part of the interval, wider by the fraction of its logarithm on either side. */
    double[] logarithmic(double padding) {
        if (!(high > 0.0)) {
            return new double[] {1.0, 10.0};
        }
        double pad = Math.max(0.1, padding * Math.log(high / lowPositive));
        return new double[] {lowPositive * Math.exp(-pad), high * Math.exp(pad)};
    }
}
