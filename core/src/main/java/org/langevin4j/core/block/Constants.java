package org.langevin4j.core.block;

/**
 * Bit patterns and polynomials that both implementations share. Coefficients are Chebyshev interpolants computed with 40
 * digits; the comment gives what they approximate and the error relative to the function. The number of a coefficient is
 * the power it belongs to. They are single constants, not arrays, so that compiled code keeps them in registers.
 */
final class Constants {

    static final long MANTISSA = 0x000F_FFFF_FFFF_FFFFL;
    static final long ONE = 0x3FF0_0000_0000_0000L;
    static final long INFINITY = 0x7FF0_0000_0000_0000L;
    static final long SIGN = 0x8000_0000_0000_0000L;

    /** Adding it rounds a number of magnitude below 2⁵¹ to an integer, which then stands in the low bits. */
    static final double ROUND = 0x1.8p52;

    /** 2⁵², whose low bits hold a small non-negative integer that is put there, and the bias of the exponent added. */
    static final long TWO_52 = 0x4330_0000_0000_0000L;

    static final double TWO_52_AND_BIAS = 0x1p52 + 1023.0;

    /** 1 − √½ as a mantissa: adding it moves the border between exponents from 1 to √2. */
    static final long TO_ROOT_TWO = 0x0009_5F61_9980_C433L;

    static final double LN_2 = 0.6931471805599453;
    static final double LN_2_HIGH = 0.6931471803691238;
    static final double LN_2_LOW = 1.9082149292705877e-10;
    static final double LOG2_E = 1.4426950408889634;

    /** Up to this magnitude eˣ is a normal number. */
    static final double EXP_NORMAL = 708.0;

    /** exp is 0 below and ∞ above, far beyond the border on both sides. */
    static final double EXP_RANGE = 1000.0;

    // (eʳ − 1 − r)/r² for |r| ≤ ln 2/2, 1.3e-17.
    static final double EXP_2 = 0.5000000000000001;
    static final double EXP_3 = 0.16666666666666669;
    static final double EXP_4 = 0.041666666666623824;
    static final double EXP_5 = 0.008333333333330039;
    static final double EXP_6 = 0.0013888888917367081;
    static final double EXP_7 = 0.00019841269863171557;
    static final double EXP_8 = 2.4801521057868204e-05;
    static final double EXP_9 = 2.7557268276905696e-06;
    static final double EXP_10 = 2.7620201591031547e-07;
    static final double EXP_11 = 2.5100472505694996e-08;

    // (2 artanh s − 2s)/s³ in s² for |s| ≤ (√2−1)/(√2+1), 4.6e-18.
    static final double LOG_3 = 0.666666666666667;
    static final double LOG_5 = 0.39999999999899444;
    static final double LOG_7 = 0.2857142862600327;
    static final double LOG_9 = 0.22222211130259878;
    static final double LOG_11 = 0.18182889455674947;
    static final double LOG_13 = 0.15331710618210773;
    static final double LOG_15 = 0.14616585424888623;

    // sin(πt/2)/t in t² for |t| ≤ ½, 3.2e-18.
    static final double SIN_TURN_1 = 1.5707963267948966;
    static final double SIN_TURN_3 = -0.6459640975062443;
    static final double SIN_TURN_5 = 0.07969262624604301;
    static final double SIN_TURN_7 = -0.004681754132340976;
    static final double SIN_TURN_9 = 0.0001604411507421909;
    static final double SIN_TURN_11 = -3.59864335298231e-06;
    static final double SIN_TURN_13 = 5.633933781537854e-08;

    // cos(πt/2) in t² for |t| ≤ ½, 4.7e-17.
    static final double COS_TURN_0 = 1.0;
    static final double COS_TURN_2 = -1.2337005501361513;
    static final double COS_TURN_4 = 0.25366950789986475;
    static final double COS_TURN_6 = -0.02086348073494657;
    static final double COS_TURN_8 = 0.000919259950041661;
    static final double COS_TURN_10 = -2.520013526428479e-05;
    static final double COS_TURN_12 = 4.6552961874867623e-07;

    static final double TWO_OVER_PI = 0.6366197723675814;
    static final double HALF_PI_1 = 1.5707963267948966;
    static final double HALF_PI_2 = 6.123233995736766e-17;
    static final double HALF_PI_3 = -1.497384905065873e-33;

    /** Beyond this the reduction by three parts of π/2 may lose digits; StrictMath takes over. */
    static final double SIN_RANGE = 1e5;

    // (sin r/r − 1)/r² in r² for |r| ≤ π/4, 1.3e-17.
    static final double SIN_3 = -0.16666666666666666;
    static final double SIN_5 = 0.008333333333330936;
    static final double SIN_7 = -0.00019841269836740532;
    static final double SIN_9 = 2.7557316093198404e-06;
    static final double SIN_11 = -2.5051129896450185e-08;
    static final double SIN_13 = 1.5917988979397435e-10;

    // (cos r − 1 + r²/2)/r⁴ in r² for |r| ≤ π/4, 4.9e-19.
    static final double COS_4 = 0.041666666666666664;
    static final double COS_6 = -0.0013888888888887389;
    static final double COS_8 = 2.48015872987544e-05;
    static final double COS_10 = -2.755731726587808e-07;
    static final double COS_12 = 2.087614504941318e-09;
    static final double COS_14 = -1.138254464534925e-11;

    /** Parity of the key schedule of Threefry (Salmon et al. 2011). */
    static final long PARITY = 0x1BD11BDAA9FC1A22L;

    private Constants() {}
}
