package org.langevin4j.examples.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.network.DataSet;

class PaperNetworkTest {

    @Test
    void findsDigitsUnderEachUsualName(@TempDir Path folder) throws IOException {
        Optional<Path> data = Optional.of(folder);
        assertThat(PaperNetwork.of("small-fc", data, Seed.of(1)).isGenerated()).isTrue();
        Path home = Files.createDirectories(folder.resolve("MNIST/raw"));
        ByteArrayOutputStream images = new ByteArrayOutputStream();
        images.writeBytes(new byte[] {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28});
        images.writeBytes(new byte[784]);
        byte[] second = new byte[784];
        second[0] = (byte) 255;
        images.writeBytes(second);
        Files.write(home.resolve("train-images-idx3-ubyte"), images.toByteArray());
        Files.write(home.resolve("train-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 3, 9});
        PaperNetwork paper = PaperNetwork.of("small-fc", data, Seed.of(1));
        assertThat(paper.label()).isEqualTo("small-fc on MNIST");
        assertThat(paper.isGenerated()).isFalse();
        assertThat(paper.data().labels()).containsExactly(3, 9);

        PaperNetwork colours = PaperNetwork.digitsAsPhotographs(data, Seed.of(1), 1, false);
        assertThat(colours.label()).isEqualTo("small-allcnn on MNIST");
        // One colour has no contrast.
        assertThat(colours.data().single(0)).containsOnly(0.0f);
        assertThat(colours.augmented().augmentation().orElseThrow().flips()).isFalse();
    }

    /** The mean of an image is zero and its border all of one colour. */
    @Test
    void madeDigitsStandInForPhotographs() throws IOException {
        PaperNetwork paper = PaperNetwork.digitsAsPhotographs(Optional.empty(), Seed.of(1), 30, false);
        assertThat(paper.label()).isEqualTo("small-allcnn on generated digits");
        assertThat(paper.augmented().isGenerated()).isTrue();
        DataSet data = paper.data();
        assertThat(data.size()).isEqualTo(30);
        float[] image = data.single(7);
        assertThat(image).hasSize(3072);
        double sum = 0.0;
        for (int p = 0; p < image.length; p++) {
            sum += image[p];
            assertThat(image[p]).isEqualTo(image[p % 1024]);
        }
        assertThat(Math.abs(sum)).isLessThan(0.1);
        assertThat(image[0]).isEqualTo(image[1023]).isNegative();
    }
}
