package org.langevin4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.network.DataSet;

/** The data sets themselves, against what NumPy makes of their bytes. */
class RealImagesTest {

    /** The inputs with which PyTorch has measured tiny-fc. */
    @Test
    void smallDigitsAreThoseOfTinyFc() throws IOException {
        Path data = folder("mnist", "measured");
        DataSet digits = ImageSet.MNIST.training(data);
        assertThat(digits.size()).isEqualTo(60_000);
        DataSet small = Preparation.averaged(digits.ofClasses(0, 1, 2, 3, 4), ImageSet.MNIST.shape(), 4);
        assertThat(small.size()).isEqualTo(30_596);
        DataSet inputs = Standardisation.over(small).apply(small).first(4000);
        Path measured = data.resolve("measured/tiny-fc-mnist-inputs.npz");
        double[] expected = ArrayFile.open(measured).array("x").read().values();
        assertThat(expected).hasSize(4000 * 49);
        double worst = 0.0;
        int[] perClass = new int[5];
        for (int n = 0; n < 4000; n++) {
            perClass[inputs.labels()[n]]++;
            for (int j = 0; j < 49; j++) {
                worst = Math.max(worst, Math.abs(inputs.single(n)[j] - expected[49 * n + j]));
            }
        }
        assertThat(worst).isLessThan(1e-5);
        assertThat(Arrays.copyOf(inputs.labels(), 12)).containsExactly(0, 4, 1, 2, 1, 3, 1, 4, 3, 3, 1, 2);
        assertThat(perClass).containsExactly(769, 881, 769, 798, 783);
    }

    @Test
    void digitsToTestWith() throws IOException {
        DataSet digits = ImageSet.MNIST.test(folder("mnist"));
        assertThat(digits.size()).isEqualTo(10_000);
        // The first is a seven.
        assertThat(digits.labels()[0]).isEqualTo(7);
    }

    @Test
    void cifar10() throws IOException {
        Path data = folder("cifar10");
        DataSet images = ImageSet.CIFAR_10.training(data);
        assertThat(images.size()).isEqualTo(20_000);
        assertThat(Arrays.copyOf(images.labels(), 5)).containsExactly(6, 9, 9, 4, 1);
        assertThat(images.single(3)).startsWith(28 / 255.0f, 37 / 255.0f, 38 / 255.0f, 42 / 255.0f, 44 / 255.0f);
        assertThat(images.single(3)[1024]).isEqualTo(25 / 255.0f);
        Standardisation colours = Standardisation.perChannel(images.first(10_000), ImageSet.CIFAR_10.shape());
        assertThat(colours.means()).containsExactly(new double[] {0.49345756, 0.48337461, 0.44717897}, within(1e-7));
        assertThat(colours.deviations())
                .containsExactly(new double[] {0.24761822, 0.24458437, 0.26261108}, within(1e-7));
        float[] first = Preparation.contrastNormalised(images.first(1)).single(0);
        assertThat(first[0]).isCloseTo(-0.85518736f, within(1e-6f));
        assertThat(first[2]).isCloseTo(-1.0283518f, within(1e-6f));
        assertThat(ImageSet.CIFAR_10.test(data).size()).isEqualTo(4000);
    }

    @Test
    void cifar100() throws IOException {
        Path data = folder("cifar100");
        DataSet fine = ImageSet.CIFAR_100.training(data);
        assertThat(fine.size()).isEqualTo(20_000);
        assertThat(Arrays.copyOf(fine.labels(), 3)).containsExactly(19, 29, 0);
        assertThat(Arrays.copyOf(ImageSet.CIFAR_100_COARSE.training(data).labels(), 3))
                .containsExactly(11, 15, 4);
        assertThat(ImageSet.CIFAR_100.test(data).size()).isEqualTo(4000);
    }

    /** Surefire runs in the module's folder, an editor in the project's. */
    private static Path folder(String... needed) {
        String given = System.getProperty("langevin4j.data", "");
        Stream<String> folders = given.isEmpty() ? Stream.of("../shared/data", "../../shared/data") : Stream.of(given);
        Path folder = folders.map(Path::of)
                .filter(path -> Arrays.stream(needed).allMatch(name -> Files.exists(path.resolve(name))))
                .findFirst()
                .orElse(Path.of("."));
        assumeTrue(
                Files.exists(folder.resolve(needed[0])),
                "skipped: no " + String.join(", ", needed) + " below -Dlangevin4j.data or ../shared/data");
        return folder;
    }
}
