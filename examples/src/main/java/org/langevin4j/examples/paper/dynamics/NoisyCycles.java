package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.langevin4j.core.statistics.SpectralPeak;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Line;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Tolerance;
import org.langevin4j.solvers.irreversibility.PhaseProfile;

/**
 * A limit cycle and a noisy focus: periods, phase diffusion, spectral lines, and what tells one from the other. The quality factor of the
 * slowest rotating mode (Gaspard 2002; Thomas and Lindner 2014) grows as β on a cycle, where dθ has the noise β⁻¹/r²; near a weak focus
 * r′ = −ar³ + β⁻¹/r + noise scales as r ~ β^(−1/4), time as β^½.
 */
public final class NoisyCycles implements Experiment {

    /**
     * The Hopf normal form with μ = 1, ω = 2 and noise β⁻¹: the decay κ of its slowest rotating mode e^(iθ)R(r), from
     * β⁻¹(R″ + R′/r − R/r²) + (r − r³)R′ = −κR by finite volumes on 2,000 and 4,000 radii, extrapolated; and Var r by quadrature.
     */
    record Reference(double beta, double decay, double radialVariance) {}

    private static final List<Reference> REFERENCES = List.of(
            new Reference(1, 1.1205985743300901, Double.NaN),
            new Reference(4, 0.35661467558982823, 0.09965420147800574),
            new Reference(16, 0.07507443411245883, 0.034788633778858546),
            new Reference(64, 0.016162933194510804, 0.008047252627129353));

    /** β⁻¹⟨1/r²⟩ at β = 64, by quadrature from r = 1e-3 outward; ρ(0) = 8e-8 leaves nothing below. */
    static final double PHASE_DIFFUSION_AT_64 = 0.016168538998967936;

    private static final Oracle RADIAL = independent("radial equation by finite volumes, SciPy");

    private static final Oracle QUADRATURE = independent("quadrature, SciPy");

    @Override
    public String name() {
        return "noisy-cycles";
    }

    @Override
    public String summary() {
        return "Limit cycles under noise: periods, phase diffusion, spectral line; and Example 19, which has no cycle";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        List<NoisyRotation> cycle = new ArrayList<>();
        List<NoisyRotation> focus = new ArrayList<>();
        for (Reference reference : REFERENCES) {
            cycle.add(NoisyRotation.measure(true, reference.beta(), reference.decay(), sheet));
            focus.add(NoisyRotation.measure(false, reference.beta(), 1.0 / Math.sqrt(reference.beta()), sheet));
        }
        judgeCycle(
                cycle,
                sheet.supplement("A limit cycle under noise, the Hopf normal form, follows its radial equation"));
        judgeFocus(
                focus,
                sheet.supplement(
                        "Example 19 has a spectral line without a cycle: its quality factor grows more slowly than β"));
        NoisyCyclePictures.draw(cycle, focus, sheet);
    }

    private static void judgeCycle(List<NoisyRotation> cycle, Evidence evidence) {
        Tolerance four = standardErrors(4);
        // The scheme turns by ωh(1 + (ωh)²/6) a step.
        double fast = Math.pow(NoisyRotation.OMEGA * NoisyRotation.STEP, 2) / 6;
        String why = "the scheme's (ωh)²/6";
        for (int k = 0; k < cycle.size(); k++) {
            Reference reference = REFERENCES.get(k);
            NoisyRotation found = cycle.get(k);
            String at = String.format(Locale.ROOT, "Hopf, β = %.0f: ", reference.beta());
            if (found.hasLine()) {
                evidence.measure(at + "|Re λ₁| of the generator", -found.line().getRealPart())
                        .in("1/time")
                        .discretisationError(found.doubt().getRealPart())
                        .near(reference.decay(), estimatedErrors(1), RADIAL);
                evidence.measure(at + "Im λ₁ of the generator", found.line().getImaginaryPart())
                        .in("rad/time")
                        .discretisationError(found.doubt().getImaginaryPart())
                        .near(NoisyRotation.OMEGA, estimatedErrors(1), closedForm("ω"));
            }
            if (reference.beta() >= 16) {
                SpectralPeak peak = found.peak();
                evidence.measure(at + "frequency of the spectral line", peak.frequency())
                        .in("rad/time")
                        .standardError(peak.frequencyError())
                        .near(NoisyRotation.OMEGA, four.plus(NoisyRotation.OMEGA * fast, why), closedForm("ω"));
                evidence.measure(at + "half width of the spectral line", peak.halfWidth())
                        .in("1/time")
                        .standardError(peak.halfWidthError())
                        .near(reference.decay(), four, RADIAL);
            }
            var period = period(at, found, evidence);
            if (reference.beta() >= 16) {
                period.near(Math.PI, four.plus(Math.PI * fast, why), closedForm("2π/ω"));
            }
            reportRotation(at, found, evidence);
            if (reference.beta() >= 4) {
                evidence.measure(
                                at + "Var r in twelve sectors, largest deviation in standard errors",
                                worst(found.profile(), reference.radialVariance()))
                        .atMost(4.0, none(), QUADRATURE);
            }
        }
        NoisyRotation weakest = cycle.get(cycle.size() - 1);
        evidence.measure(
                        "Hopf, β = 64: phase diffusion of the winding angle",
                        weakest.winding().diffusion())
                .in("rad²/time")
                .standardError(weakest.winding().diffusionError())
                .near(PHASE_DIFFUSION_AT_64, four, independent("β⁻¹⟨1/r²⟩ by quadrature"));
        double deviation = Math.sqrt(4 * Math.PI * PHASE_DIFFUSION_AT_64 / Math.pow(NoisyRotation.OMEGA, 3));
        evidence.measure(
                        "Hopf, β = 64: standard deviation of the period",
                        weakest.periods().deviation())
                .in("time")
                .standardError(deviation / Math.sqrt(2.0 * weakest.periods().count()))
                .near(deviation, four, closedForm("√(4πD/ω³), law of Wald"));
        int last = REFERENCES.size() - 1;
        double exact =
                slope(REFERENCES.get(last - 1).decay() / REFERENCES.get(last).decay());
        evidence.measure(
                        "Hopf: slope of log Q against log β from 16 to 64, which tends to 1",
                        slope(weakest.quality() / cycle.get(last - 1).quality()))
                .standardError(slopeError(weakest, cycle.get(last - 1)))
                .near(exact, four, RADIAL);
    }

    /** Of the cycle's slowest rotating mode, for one of the references. */
    static double decay(double beta) {
        return REFERENCES.stream()
                .filter(reference -> reference.beta() == beta)
                .findFirst()
                .orElseThrow()
                .decay();
    }

    /** Of the logarithm, from β = 16 to 64. */
    private static double slope(double ratio) {
        return Math.log(ratio) / Math.log(4.0);
    }

    private static double slopeError(NoisyRotation a, NoisyRotation b) {
        return Math.hypot(a.qualityError() / a.quality(), b.qualityError() / b.quality()) / Math.log(4.0);
    }

    private static double worst(PhaseProfile.Profile profile, double variance) {
        double worst = 0.0;
        for (int bin = 0; bin < NoisyRotation.SECTORS; bin++) {
            worst = Math.max(worst, Math.abs(profile.variance(bin) - variance) / profile.varianceError(bin));
        }
        return worst;
    }

    /** Quick turns close to the origin go unseen between two records: too long where the density there is not small. */
    private static Line period(String at, NoisyRotation found, Evidence evidence) {
        return evidence.measure(
                        at + "mean period on paths recorded at h = 0.02",
                        found.periods().mean())
                .in("time")
                .standardError(found.periods().meanError());
    }

    private static void reportRotation(String at, NoisyRotation found, Evidence evidence) {
        evidence.measure(at + "standard deviation of the period over its mean", found.variation());
        evidence.measure(
                        at + "phase diffusion of the winding angle, recorded at h = 0.02",
                        found.winding().diffusion())
                .in("rad²/time")
                .standardError(found.winding().diffusionError());
        var quality = evidence.measure(at + "quality factor", found.quality());
        if (found.hasLine()) {
            quality.discretisationError(found.qualityError());
        } else {
            quality.standardError(found.qualityError());
        }
    }

    private static void judgeFocus(List<NoisyRotation> focus, Evidence evidence) {
        for (NoisyRotation found : focus) {
            String at = String.format(Locale.ROOT, "Example 19, λ = 1.5, β = %.0f: ", found.beta());
            var turn = evidence.measure(
                            at + "mean time of a turn, 1/flux", found.turnTime().get(0))
                    .in("time")
                    .discretisationError(found.turnTime().get(1));
            if (found.beta() == 1.0) {
                double flux = 1.5 * 0.5 * Math.sqrt(Math.PI) / 7.623468444672765;
                turn.near(1.0 / flux, estimatedErrors(1), closedForm("flux = (λ/Z)∫re^(−r⁴/4)dr = λ√π/(2Z)"));
            }
            period(at, found, evidence);
            reportRotation(at, found, evidence);
            evidence.measure(at + "density at the centre over the largest", found.crater());
            if (found.beta() > 16.0) {
                // A real signal has a line at −ω too, which changes the one at ω by about 1/(4Q) of its width.
                SpectralPeak peak = found.peak();
                double decay = -found.line().getRealPart();
                Tolerance tolerance = standardErrors(4)
                        .plus(
                                decay / (4 * found.quality()) + found.doubt().norm(),
                                "γ/(4Q) of the line at −ω, the grid's error");
                evidence.measure(at + "half width of the spectral line", peak.halfWidth())
                        .in("1/time")
                        .standardError(peak.halfWidthError())
                        .near(decay, tolerance, independent("|Re λ₁| of the generator"));
                evidence.measure(at + "frequency of the spectral line", peak.frequency())
                        .in("rad/time")
                        .standardError(peak.frequencyError())
                        .near(found.line().getImaginaryPart(), tolerance, independent("Im λ₁ of the generator"));
            }
        }
        NoisyRotation last = focus.get(focus.size() - 1);
        NoisyRotation before = focus.get(focus.size() - 2);
        evidence.measure(
                        "Example 19: slope of log Q against log β from 16 to 64, which tends to ½",
                        slope(last.quality() / before.quality()))
                .discretisationError(slopeError(last, before))
                .atMost(1.0, estimatedErrors(4), closedForm("1 on a cycle"));
    }
}
