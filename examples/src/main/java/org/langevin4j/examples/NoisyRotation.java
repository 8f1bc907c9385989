package org.langevin4j.examples;

import java.util.List;
import org.hipparchus.complex.Complex;
import org.langevin4j.core.statistics.PowerSpectrum;
import org.langevin4j.core.statistics.SpectralPeak;
import org.langevin4j.solvers.irreversibility.Periods;
import org.langevin4j.solvers.irreversibility.PhaseProfile;
import org.langevin4j.solvers.irreversibility.Winding;

/**
 * What was found of one system at one temperature.
 *
 * @param line eigenvalue of the slowest rotating mode on a grid; NaN where β is so large that a grid does not resolve it
 * @param crater density at the centre over the largest, of the Hopf normal form e^(−β/4)
 */
record NoisyRotation(
        Complex line,
        double crater,
        PowerSpectrum spectrum,
        SpectralPeak peak,
        Periods.Summary periods,
        Winding.Summary winding,
        PhaseProfile.Profile profile) {

    /**
     * The Hopf normal form with μ = 1, ω = 2 and noise β⁻¹: the decay κ of its slowest rotating mode e^(iθ)R(r), from
     * β⁻¹(R″ + R′/r − R/r²) + (r − r³)R′ = −κR by finite volumes on 2,000 and 4,000 radii, extrapolated (SciPy); and
     * Var r by quadrature.
     */
    record Reference(double beta, double decay, double radialVariance) {}

    static final List<Reference> REFERENCES = List.of(
            new Reference(1, 1.1205985743300901, Double.NaN),
            new Reference(4, 0.35661467558982823, 0.09965420147800574),
            new Reference(16, 0.07507443411245883, 0.034788633778858546),
            new Reference(64, 0.016162933194510804, 0.008047252627129353));

    static final double OMEGA = 2.0;

    static final int SECTORS = 12;

    /** β⁻¹⟨1/r²⟩ at β = 64, by quadrature from r = 1e-3 outward; ρ(0) = 8e-8 leaves nothing below. */
    static final double PHASE_DIFFUSION_AT_64 = 0.016168538998967936;

    boolean hasLine() {
        return !line.isNaN();
    }

    /** From the grid, or from the spectral line where there is none. */
    double quality() {
        return hasLine() ? line.getImaginaryPart() / (-2.0 * line.getRealPart()) : peak.quality();
    }

    double variation() {
        return periods.deviation() / periods.mean();
    }
}
