package org.langevin4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImageSetTest {

    private static final byte[] IMAGE =
            Bytes.concat(Bytes.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28), Bytes.filled(784, 51));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "MNIST, '', -idx3-ubyte, -idx1-ubyte",
        "MNIST, mnist, -idx3-ubyte.gz, -idx1-ubyte.gz",
        "MNIST, MNIST/raw, .idx3-ubyte, .idx1-ubyte",
        "FASHION_MNIST, '', -idx3-ubyte.gz, -idx1-ubyte",
        "FASHION_MNIST, fashion-mnist, -idx3-ubyte, -idx1-ubyte.gz",
        "FASHION_MNIST, FashionMNIST/raw, -idx3-ubyte, -idx1-ubyte"
    })
    void digitsAreFound(ImageSet set, String below, String images, String labels) throws IOException {
        assertThat(set.isIn(folder)).isFalse();
        write(below, "train-images" + images, packed(images, IMAGE));
        assertThat(set.isIn(folder)).isTrue();
        write(below, "train-labels" + labels, packed(labels, label(4)));
        write(below, "t10k-images" + images, packed(images, IMAGE));
        write(below, "t10k-labels" + labels, packed(labels, label(8)));
        assertThat(set.training(folder).labels()).containsExactly(4);
        assertThat(set.test(folder).labels()).containsExactly(8);
        assertThat(set.test(folder).single(0)).hasSize(784).containsOnly(0.2f);
        assertThat(set.shape().size()).isEqualTo(784);
    }

    @ParameterizedTest
    @CsvSource({
        "CIFAR_10, '', data_batch_1.bin, test_batch.bin, 1",
        "CIFAR_10, cifar10, data_batch_1.bin.gz, test_batch_first4000.bin.gz, 1",
        "CIFAR_10, cifar-10-batches-bin, data_batch_1.bin, test_batch.bin.gz, 1",
        "CIFAR_100, cifar100, train_first20000.bin.gz, test_first4000.bin.gz, 2",
        "CIFAR_100_COARSE, cifar-100-binary, train.bin, test.bin, 1"
    })
    void photographsAreFound(ImageSet set, String below, String training, String test, int label) throws IOException {
        boolean ten = set == ImageSet.CIFAR_10;
        byte[] one = Bytes.concat(ten ? Bytes.of(1) : Bytes.of(1, 2), Bytes.filled(3072, 255));
        byte[] other = Bytes.concat(ten ? Bytes.of(1) : Bytes.of(1, 2), Bytes.filled(3072, 0));
        assertThat(set.isIn(folder)).isFalse();
        write(below, training, packed(training, one));
        assertThat(set.isIn(folder)).isTrue();
        assertThat(set.isIn(folder.resolve("none"))).isFalse();
        write(below, test, packed(test, other));
        assertThat(set.training(folder).labels()).containsExactly(label);
        assertThat(set.training(folder).single(0)).hasSize(3072).containsOnly(1.0f);
        assertThat(set.test(folder).single(0)).containsOnly(0.0f);
        assertThat(set.training(folder).classes()).isEqualTo(set.classes());
    }

    @Test
    void batchesComeInTheirOrder() throws IOException {
        for (int k : new int[] {2, 1}) {
            write("", "data_batch_" + k + ".bin", Bytes.concat(Bytes.of(k), new byte[3072]));
        }
        // Its compressed twin is not read a second time.
        write("", "data_batch_2.bin.gz", Bytes.of(1));
        assertThat(ImageSet.CIFAR_10.training(folder).labels()).containsExactly(1, 2);
        write("", "data_batch_4.bin", Bytes.concat(Bytes.of(4), new byte[3072]));
        assertThat(Bytes.refusal(() -> ImageSet.CIFAR_10.training(folder)))
                .isEqualTo(folder
                        + ": must hold batches 1, 2, … once each, got data_batch_1.bin, data_batch_2.bin,"
                        + " data_batch_4.bin");
        write("", "data_batch_2_first.bin", Bytes.concat(Bytes.of(4), new byte[3072]));
        Files.delete(folder.resolve("data_batch_4.bin"));
        assertThat(Bytes.refusal(() -> ImageSet.CIFAR_10.training(folder))).contains("once each, got");
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        assertThat(Bytes.refusal(() -> ImageSet.CIFAR_100.training(folder)))
                .isEqualTo(folder
                        + ": holds no cifar-100: there is no train.bin[.gz] in it, nor in its folders cifar100,"
                        + " cifar-100, cifar-100-binary, cifar100/cifar-100-binary");
        assertThat(Bytes.refusal(() -> ImageSet.MNIST.training(folder.resolve("none"))))
                .isEqualTo(folder.resolve("none") + ": does not exist");
        write("", "t10k-images-idx3-ubyte", IMAGE);
        assertThat(Bytes.refusal(() -> ImageSet.MNIST.training(folder.resolve("t10k-images-idx3-ubyte"))))
                .endsWith("t10k-images-idx3-ubyte: is not a folder");
        assertThat(Bytes.refusal(() -> ImageSet.MNIST.training(folder)))
                .contains("holds no mnist: there is no train-images-idx3-ubyte[.gz] in it");
        assertThat(Bytes.refusal(() -> ImageSet.MNIST.test(folder)))
                .isEqualTo(folder + ": holds no t10k-labels-idx1-ubyte[.gz]");
        write("", "test.bin", Bytes.concat(Bytes.of(1, 2), new byte[3072]));
        write("", "test_first1.bin", Bytes.concat(Bytes.of(1, 2), new byte[3072]));
        assertThat(Bytes.refusal(() -> ImageSet.CIFAR_100.test(folder)))
                .isEqualTo(folder + ": must hold one of these, got test.bin, test_first1.bin");
    }

    @Test
    void digitsOfAnotherSizeAreRefused() throws IOException {
        write("", "train-images-idx3-ubyte", Bytes.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 8, 9));
        write("", "train-labels-idx1-ubyte", label(1));
        assertThat(Bytes.refusal(() -> ImageSet.MNIST.training(folder)))
                .isEqualTo(folder.resolve("train-images-idx3-ubyte") + ": has images of 2 pixels, but mnist has 28×28");
    }

    @ParameterizedTest
    @EnumSource
    void haveNames(ImageSet set) {
        assertThat(ImageSet.byName(set.toString())).isEqualTo(set);
        assertThatThrownBy(() -> ImageSet.byName("imagenet"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no data set \"imagenet\", but mnist, fashion-mnist, cifar-10, cifar-100,"
                        + " cifar-100-coarse");
    }

    private static byte[] label(int label) {
        return Bytes.of(0, 0, 8, 1, 0, 0, 0, 1, label);
    }

    private static byte[] packed(String name, byte[] bytes) {
        return name.endsWith(".gz") ? Bytes.gzip(bytes) : bytes;
    }

    private void write(String below, String name, byte[] bytes) throws IOException {
        Path home = Files.createDirectories(folder.resolve(below));
        Files.write(home.resolve(name), bytes);
    }
}
