package org.langevin4j.solvers.domain;

import java.util.ArrayList;
import java.util.List;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;

/** What a thermal wall draws, with numbers keyed by (seed, path, step, collision). */
final class ThermalWall {

    /** "walls" in ASCII: apart from the small numbers with which users derive seeds. */
    private static final long PART = 0x77616c6c73L << 16;

    private final List<Temperature> temperatures;
    private final double accommodation;
    private final Seed seed;
    private final double[] roots;
    private final List<NormalStream> streams = new ArrayList<>();

    /** Two for the choice, n + 1 for the new momentum, then those of the noise. */
    private final double[][] normals;

    private final double[] xi;
    private final double[] noise;

    ThermalWall(UnderdampedLangevin equation, List<Temperature> temperatures, double accommodation, Seed seed) {
        this.temperatures = temperatures;
        this.accommodation = accommodation;
        this.seed = seed;
        int n = equation.degreesOfFreedom();
        this.roots = new double[n];
        for (int i = 0; i < n; i++) {
            roots[i] = Math.sqrt(equation.mass(i));
        }
        this.xi = new double[equation.sde().diffusion().noiseDimension()];
        this.normals = new double[n + 3 + xi.length][1];
        this.noise = new double[2 * n];
    }

    /** Decides, and draws what a thermal collision needs. */
    boolean isThermal(long path, long step, int collision) {
        if (accommodation == 0.0) {
            return false;
        }
        while (streams.size() <= collision) {
            streams.add(NormalStream.of(seed.derive(PART + streams.size())));
        }
        streams.get(collision).fill(path, 1, step, normals);
        // The square of a two-dimensional normal vector is −2 ln of a uniform number.
        double squared = normals[0][0] * normals[0][0] + normals[1][0] * normals[1][0];
        return accommodation == 1.0 || Math.exp(-0.5 * squared) < accommodation;
    }

    /** A new momentum: y = M^(−½)p has the law ∝ (ν·y)e^(−|y|²/2T) with ν ∝ M^(−½)n. */
    void emit(int face, double t, double[] normal, double[] momentum) {
        int n = roots.length;
        double squared = 0.0;
        double along = 0.0;
        for (int i = 0; i < n; i++) {
            double component = normal[i] / roots[i];
            squared += component * component;
            along += component * normals[2 + i][0];
        }
        double length = Math.sqrt(squared);
        along /= length;
        double flux = Math.hypot(along, normals[2 + n][0]);
        double scale = Math.sqrt(temperatures.get(face).atTime(t).value());
        for (int i = 0; i < n; i++) {
            double direction = normal[i] / roots[i] / length;
            momentum[i] = scale * roots[i] * (normals[2 + i][0] + (flux - along) * direction);
        }
    }

    /** p ← p + √(2β⁻¹τ)Bξ. */
    void kick(Sde sde, double[] state, double tau, double[] momentum) {
        int n = roots.length;
        for (int k = 0; k < xi.length; k++) {
            xi[k] = normals[n + 3 + k][0];
        }
        sde.diffusion().factorTimes(state, xi, noise);
        double amplitude = Math.sqrt(2.0 * sde.temperature().value() * tau);
        for (int i = 0; i < n; i++) {
            momentum[i] += amplitude * noise[n + i];
        }
    }
}
