package org.langevin4j.charts;

/**
 * From white over green and blue to nearly black, with CIE lightness L* falling evenly, so that equal steps look equal
 * and a grey copy keeps the order. Built in CIELAB.
 */
final class ColourMap {

    /** L*, a*, b* at equal distances. */
    private static final double[][] ANCHORS = {
        {100, 0, 0}, {83, -19, 10}, {66, -27, -8}, {49, -10, -34}, {32, 14, -44}, {15, 14, -27}
    };

    /** From dark blue over grey at zero to light yellow: blue and yellow are told apart by all eyes. */
    private static final double[][] SIGNED_ANCHORS = {
        {14, 22, -42}, {34, 8, -44}, {55, 0, 0}, {76, 10, 48}, {96, -6, 38}
    };

    private static final int SIZE = 1024;
    private static final int[] TABLE = table(ANCHORS);
    private static final int[] SIGNED_TABLE = table(SIGNED_ANCHORS);

    private ColourMap() {}

    /**
     * The colour of a fraction.
     *
     * @param fraction 0 white … 1 darkest; clipped
     * @return 0xRRGGBB
     */
    static int rgb(double fraction) {
        return TABLE[(int) Math.round(Math.min(1.0, Math.max(0.0, fraction)) * (SIZE - 1))];
    }

    /**
     * The colour of a fraction of a range around zero; lightness rises evenly all the way, so that a grey copy shows the
     * sign too.
     *
     * @param fraction 0 dark blue … ½ grey … 1 light yellow; clipped
     * @return 0xRRGGBB
     */
    static int signed(double fraction) {
        return SIGNED_TABLE[(int) Math.round(Math.min(1.0, Math.max(0.0, fraction)) * (SIZE - 1))];
    }

    private static int[] table(double[][] anchors) {
        int[] table = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
            double position = (double) i / (SIZE - 1) * (anchors.length - 1);
            table[i] = fromLab(at(anchors, position, 0), at(anchors, position, 1), at(anchors, position, 2));
        }
        return table;
    }

    /** Catmull and Rom's spline through one coordinate of the anchors: no kinks, and straight for L*. */
    private static double at(double[][] anchors, double position, int coordinate) {
        int last = anchors.length - 1;
        int k = Math.min((int) position, last - 1);
        double t = position - k;
        double from = anchors[k][coordinate];
        double to = anchors[k + 1][coordinate];
        double before = k > 0 ? anchors[k - 1][coordinate] : 2 * from - to;
        double after = k + 1 < last ? anchors[k + 2][coordinate] : 2 * to - from;
        double slope = 0.5 * (to - before);
        double nextSlope = 0.5 * (after - from);
        return from
                + t
                        * (slope
                                + t
                                        * (3 * (to - from)
                                                - 2 * slope
                                                - nextSlope
                                                + t * (slope + nextSlope - 2 * (to - from))));
    }

    /** CIELAB (D65) to sRGB. */
    private static int fromLab(double lightness, double a, double b) {
        double fy = (lightness + 16.0) / 116.0;
        double x = 0.95047 * inverse(fy + a / 500.0);
        double y = inverse(fy);
        double z = 1.08883 * inverse(fy - b / 200.0);
        int red = gamma(3.2404542 * x - 1.5371385 * y - 0.4985314 * z);
        int green = gamma(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z);
        int blue = gamma(0.0556434 * x - 0.2040259 * y + 1.0572252 * z);
        return red << 16 | green << 8 | blue;
    }

    private static double inverse(double f) {
        return f > 6.0 / 29.0 ? f * f * f : 3.0 * (6.0 / 29.0) * (6.0 / 29.0) * (f - 4.0 / 29.0);
    }

    private static int gamma(double linear) {
        double c = Math.min(1.0, Math.max(0.0, linear));
        return (int) Math.round(255.0 * (c <= 0.0031308 ? 12.92 * c : 1.055 * Math.pow(c, 1.0 / 2.4) - 0.055));
    }
}
