package org.langevin4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.statistics.MatrixSpectrum;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.NumberArray;

/**
 * D(x) of a real network, measured with PyTorch on MNIST. The expected figures are what NumPy says, from
 * {@code measured/tiny-fc-mnist-spectrum.json} beside the data.
 */
class TinyFcMnistTest {

    private static final double RELATIVE = 1e-6;

    private static final double[] TOP_20_OF_4000 = {
        1.627528644114375,
        1.070291893788355,
        0.9045366355228938,
        0.5257818479420104,
        0.4361763109248165,
        0.33439906074098547,
        0.3016721917339458,
        0.2606060946450031,
        0.21096789564264565,
        0.19232812983470987,
        0.1745173250064791,
        0.163955386947108,
        0.14545995621288166,
        0.13205643535386963,
        0.11878635115707804,
        0.1172123308348961,
        0.09597047353631984,
        0.08684253551400052,
        0.08450141708051433,
        0.07672531844035768
    };

    private static final double[] TOP_20_OF_500 = {
        1.6815091060464875,
        1.2008577338237345,
        0.8770715689407128,
        0.7310991171716145,
        0.4679464771724887,
        0.4063116934642106,
        0.29523320177064105,
        0.28563760667029314,
        0.2022953962973622,
        0.1638317231317147,
        0.13487007474337706,
        0.12370613767419131,
        0.11531472835252644,
        0.09300260485328042,
        0.07940043281096987,
        0.058917955886117084,
        0.05562234080559971,
        0.04924472645092669,
        0.044607834307330715,
        0.035891404042139384
    };

    @Test
    void moreSamplesThanWeights() throws IOException {
        Path npz = measured("tiny-fc-mnist.npz");
        assertThat(ArrayFile.open(npz).names())
                .containsExactly("gradients", "weights", "labels", "hessian", "gradient");
        NumberArray gradients = ArrayFile.find(npz + ":gradients").read();
        MeasuredDiffusion diffusion = MeasuredDiffusion.from(gradients.toMatrix());
        MatrixSpectrum spectrum = diffusion.spectrum();

        assertThat(diffusion.samples()).isEqualTo(4000);
        assertThat(diffusion.dimension()).isEqualTo(917);
        assertClose(spectrum.mean(), 0.009331631101349321);
        assertClose(spectrum.standardDeviation(), 0.0778405377343552);
        assertClose(spectrum.max(), 1.627528644114375);
        assertClose(diffusion.trace(), 8.557105719937326);
        assertClose(spectrum.trace(), 8.557105719937326);
        assertClose(diffusion.frobeniusNorm(), 2.3740454240643905);
        assertClose(spectrum.participationRatio(), 12.991992060777543);
        assertThat(spectrum.rank(MatrixSpectrum.FLOAT32_EPSILON)).isEqualTo(196);
        assertThat(spectrum.rank(MatrixSpectrum.FLOAT64_EPSILON)).isCloseTo(788, within(1));
        assertClose(norm(diffusion.meanGradient()), 0.064659663111796);
        assertClose(
                MeasuredDiffusion.from(gradients.toRows(), Sampling.EQUATION_A2_AS_PRINTED)
                        .trace(),
                8.559247622278914);
        assertTop(spectrum, TOP_20_OF_4000);

        // PyTorch's own gradient of the mean loss, accumulated in another order.
        double[] gradient = ArrayFile.find(npz + ":gradient").read().values();
        assertThat(diffusion.meanGradient()).containsExactly(gradient, within(1e-7));
        assertEquivalent(diffusion);
    }

    @Test
    void fewerSamplesThanWeights() throws IOException {
        NumberArray gradients =
                ArrayFile.open(measured("tiny-fc-mnist-500.npy")).only().read();
        MeasuredDiffusion diffusion = MeasuredDiffusion.from(gradients.toMatrix());
        MatrixSpectrum spectrum = diffusion.spectrum();

        assertThat(diffusion.samples()).isEqualTo(500);
        assertThat(diffusion.dimension()).isEqualTo(917);
        assertThat(spectrum.eigenvalues()).hasSize(500);
        assertClose(spectrum.mean(), 0.00797986401685484);
        assertClose(spectrum.standardDeviation(), 0.08231226497360321);
        assertClose(spectrum.max(), 1.6815091060464875);
        assertClose(diffusion.trace(), 7.317535303455891);
        assertClose(spectrum.trace(), 7.317535303455891);
        assertClose(diffusion.frobeniusNorm(), 2.5042666107351175);
        assertClose(spectrum.participationRatio(), 8.538243309536776);
        assertThat(spectrum.rank(MatrixSpectrum.FLOAT32_EPSILON)).isEqualTo(61);
        assertThat(spectrum.rank(MatrixSpectrum.FLOAT64_EPSILON)).isCloseTo(443, within(1));
        assertClose(norm(diffusion.meanGradient()), 0.17491917558886577);
        assertClose(
                MeasuredDiffusion.from(gradients.toRows(), Sampling.EQUATION_A2_AS_PRINTED)
                        .trace(),
                7.332322334997841);
        assertTop(spectrum, TOP_20_OF_500);
        assertEquivalent(diffusion);
    }

    /** The leading directions are eigenvectors, and the reduced diffusion is the same matrix. */
    private static void assertEquivalent(MeasuredDiffusion diffusion) {
        int d = diffusion.dimension();
        Eigenpairs pairs = diffusion.leadingEigenpairs(20);
        RealMatrix v = pairs.vectors();
        assertThat(v.transposeMultiply(v)
                        .subtract(MatrixUtils.createRealIdentityMatrix(20))
                        .getNormInfty())
                .isLessThan(1e-12);
        Diffusion reduced = diffusion.reduced();
        assertThat(reduced.noiseDimension()).isEqualTo(diffusion.spectrum().rank(MatrixSpectrum.FLOAT64_EPSILON));
        double[] whole = new double[d];
        double[] less = new double[d];
        for (int j = 0; j < 20; j++) {
            double[] direction = v.getColumn(j);
            diffusion.times(new double[d], direction, whole);
            reduced.times(new double[d], direction, less);
            assertThat(less).containsExactly(whole, within(1e-12));
            for (int i = 0; i < d; i++) {
                direction[i] *= pairs.values()[j];
            }
            assertThat(whole).containsExactly(direction, within(1e-12));
        }
    }

    private static void assertTop(MatrixSpectrum spectrum, double[] expected) {
        double[] eigenvalues = spectrum.eigenvalues();
        for (int j = 0; j < expected.length; j++) {
            assertClose(eigenvalues[j], expected[j]);
        }
    }

    private static void assertClose(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(RELATIVE * Math.abs(expected)));
    }

    private static double norm(double[] v) {
        return MatrixUtils.createRealVector(v).getNorm();
    }

    /** Surefire runs in the module's folder, an editor in the project's. */
    private static Path measured(String name) {
        String given = System.getProperty("langevin4j.data", "");
        Stream<String> folders = given.isEmpty() ? Stream.of("../shared/data", "../../shared/data") : Stream.of(given);
        Path file = folders.map(folder -> Path.of(folder, "measured", name))
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of(name));
        assumeTrue(Files.exists(file), "skipped: no measured/" + name + " below -Dlangevin4j.data or ../shared/data");
        return file;
    }
}
