package org.langevin4j.models.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.langevin4j.models.file.ArrayFileException;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Shape;

/**
 * Published data sets, found in a folder by the names that their files have. A file may be compressed ({@code .gz}) or
 * not, and may hold the first images only if its name goes on after an underscore ({@code train_first20000.bin.gz}).
 */
public enum ImageSet {
    /** 60,000 and 10,000 handwritten digits. */
    MNIST(10),

    /** As many pictures of clothes, in files of the same names. */
    FASHION_MNIST(10),

    /** 50,000 and 10,000 photographs; as many of the five batches as there are. */
    CIFAR_10(10),

    /** 50,000 and 10,000 photographs in a hundred classes. */
    CIFAR_100(100),

    /** The same photographs in twenty classes. */
    CIFAR_100_COARSE(20);

    private static final String PACKED = ".gz";

    /** What the names of the batches of CIFAR-10 begin with. */
    private static final String NUMBERED = "data_batch_";

    private final int classes;

    ImageSet(int classes) {
        this.classes = classes;
    }

    /** Where the files are in a folder of data: there, or in one of these. */
    private List<String> folders() {
        return switch (this) {
            case MNIST -> List.of("mnist", "MNIST", "MNIST/raw");
            case FASHION_MNIST ->
                List.of("fashion-mnist", "fashion_mnist", "fashion", "FashionMNIST", "FashionMNIST/raw");
            case CIFAR_10 -> List.of("cifar10", "cifar-10", "cifar-10-batches-bin", "cifar10/cifar-10-batches-bin");
            case CIFAR_100, CIFAR_100_COARSE ->
                List.of("cifar100", "cifar-100", "cifar-100-binary", "cifar100/cifar-100-binary");
        };
    }

    /**
     * The set of a name.
     *
     * @param name such as "cifar-10"; lower or upper case
     * @return the set
     * @throws IllegalArgumentException if there is none of that name; the message lists those there are
     */
    public static ImageSet byName(String name) {
        return Arrays.stream(values())
                .filter(set -> set.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no data set \"" + name + "\", but " + String.join(", ", names())));
    }

    private static List<String> names() {
        return Arrays.stream(values()).map(ImageSet::toString).toList();
    }

    /**
     * The shape of an image.
     *
     * @return 1×28×28 or 3×32×32
     */
    public Shape shape() {
        return isIdx() ? new Shape(1, 28, 28) : new Shape(3, 32, 32);
    }

    /**
     * The number of classes.
     *
     * @return K
     */
    public int classes() {
        return classes;
    }

    /**
     * Whether there are images to train with.
     *
     * @param folder as for {@link #training}
     * @return false also where the folder is missing; true says nothing of whether the files are good
     * @throws ArrayFileException if a folder cannot be read
     */
    public boolean isIn(Path folder) throws ArrayFileException {
        return found(folder, isIdx() ? idxImages("train") : cifarFiles(trainingStem()))
                .isPresent();
    }

    /**
     * The images to train with.
     *
     * @param folder that of the files, or the one in which it lies under a usual name, such as {@code cifar10} or
     *     {@code cifar-10-batches-bin}
     * @return all that are there, pixels from 0 to 1 in single precision
     * @throws ArrayFileException if there are none or a file cannot be used; says which and why
     */
    public DataSet training(Path folder) throws ArrayFileException {
        if (isIdx()) {
            return idx(folder, "train");
        }
        return cifar(folder, trainingStem());
    }

    private String trainingStem() {
        return this == CIFAR_10 ? NUMBERED : "train";
    }

    /**
     * The images to test with.
     *
     * @param folder as for {@link #training}
     * @return all that are there, pixels from 0 to 1 in single precision
     * @throws ArrayFileException if there are none or a file cannot be used; says which and why
     */
    public DataSet test(Path folder) throws ArrayFileException {
        return isIdx() ? idx(folder, "t10k") : cifar(folder, this == CIFAR_10 ? "test_batch" : "test");
    }

    private boolean isIdx() {
        return this == MNIST || this == FASHION_MNIST;
    }

    private DataSet idx(Path folder, String part) throws ArrayFileException {
        String usual = part + "-images-idx3-ubyte";
        Pattern pattern = idxImages(part);
        Path home = home(folder, pattern, usual);
        Path images = only(home, pattern, usual);
        Pattern ofLabels = Pattern.compile(part + "-labels[-.]idx1-ubyte(\\.gz)?");
        DataSet data = IdxFiles.read(images, only(home, ofLabels, part + "-labels-idx1-ubyte"), classes);
        if (data.features() != shape().size()) {
            throw new ArrayFileException(
                    images.toString(),
                    "has images of " + data.features() + " pixels, but " + this + " has " + shape().height() + "×"
                            + shape().width());
        }
        return data;
    }

    private static Pattern idxImages(String part) {
        return Pattern.compile(part + "-images[-.]idx3-ubyte(\\.gz)?");
    }

    private static Pattern cifarFiles(String stem) {
        return Pattern.compile(stem + (stem.equals(NUMBERED) ? "[1-9]" : "") + "(_\\w+)?\\.bin(\\.gz)?");
    }

    private DataSet cifar(Path folder, String stem) throws ArrayFileException {
        boolean numbered = stem.equals(NUMBERED);
        Pattern pattern = cifarFiles(stem);
        String usual = stem + (numbered ? "1" : "") + ".bin";
        Path home = home(folder, pattern, usual);
        List<Path> files = numbered ? batches(home, pattern, stem) : List.of(only(home, pattern, usual));
        if (this == CIFAR_10) {
            return CifarFiles.readCifar10(files);
        }
        return CifarFiles.readCifar100(files, this == CIFAR_100 ? CifarFiles.Labels.FINE : CifarFiles.Labels.COARSE);
    }

    /** The folder or the first of those in it that has a file of that name. */
    private Path home(Path folder, Pattern pattern, String usual) throws ArrayFileException {
        if (!Files.isDirectory(folder)) {
            throw new ArrayFileException(
                    folder.toString(), Files.exists(folder) ? "is not a folder" : "does not exist");
        }
        return found(folder, pattern)
                .orElseThrow(() -> new ArrayFileException(
                        folder.toString(),
                        "holds no " + this + ": there is no " + usual + "[.gz] in it, nor in its folders "
                                + String.join(", ", folders())));
    }

    private Optional<Path> found(Path folder, Pattern pattern) throws ArrayFileException {
        List<Path> candidates = new ArrayList<>(List.of(folder));
        folders().forEach(name -> candidates.add(folder.resolve(name)));
        for (Path candidate : candidates) {
            if (Files.isDirectory(candidate) && !matching(candidate, pattern).isEmpty()) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static List<Path> batches(Path home, Pattern pattern, String stem) throws ArrayFileException {
        List<Path> files = matching(home, pattern);
        for (int k = 0; k < files.size(); k++) {
            // Sorted by name: what is missing or there twice shows in its place.
            String expected = stem + (k + 1);
            if (!files.get(k).getFileName().toString().startsWith(expected)) {
                throw new ArrayFileException(
                        home.toString(), "must hold batches 1, 2, … once each, got " + namesOf(files));
            }
        }
        return files;
    }

    private static Path only(Path home, Pattern pattern, String usual) throws ArrayFileException {
        List<Path> files = matching(home, pattern);
        if (files.isEmpty()) {
            throw new ArrayFileException(home.toString(), "holds no " + usual + "[.gz]");
        }
        if (files.size() > 1) {
            throw new ArrayFileException(home.toString(), "must hold one of these, got " + namesOf(files));
        }
        return files.get(0);
    }

    private static String namesOf(List<Path> files) {
        return String.join(
                ", ", files.stream().map(file -> file.getFileName().toString()).toList());
    }

    /** By name; of a file that is there compressed and not, the latter. */
    private static List<Path> matching(Path folder, Pattern pattern) throws ArrayFileException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.filter(file ->
                            pattern.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
            return files.stream()
                    .filter(file -> !file.toString().endsWith(PACKED) || !files.contains(unpacked(file)))
                    .toList();
        } catch (IOException e) {
            throw new ArrayFileException(folder.toString(), "cannot be read: " + e, e);
        }
    }

    private static Path unpacked(Path file) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.length() - PACKED.length()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
