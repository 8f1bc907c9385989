package org.langevin4j.examples.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.data.Augmentation;
import org.langevin4j.models.data.GeneratedDigits;
import org.langevin4j.models.data.ImageSet;
import org.langevin4j.models.data.Preparation;
import org.langevin4j.models.data.Standardisation;
import org.langevin4j.models.data.Whitening;
import org.langevin4j.models.network.Architecture;
import org.langevin4j.models.network.Architectures;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Shape;

/**
 * A network of the paper with the data it is trained on, prepared as in Section IV.
 *
 * @param architecture the network
 * @param data all samples to train with
 * @param origin of the data, such as "MNIST"; "generated digits" where there are no files
 * @param augmentation how the samples of each epoch are changed at random, if they are
 */
public record PaperNetwork(
        Architecture architecture, DataSet data, String origin, Optional<Augmentation> augmentation) {

    private static final Shape IMAGE = new Shape(1, 28, 28);

    /** What makes 32×32 of 28×28. */
    private static final int BORDER = 2;

    private static final int PADDING = 4;

    private static final int GENERATED = 10_000;

    private static final String GENERATED_DIGITS = "generated digits";

    /**
     * A network with its data.
     *
     * @param name of the architecture
     * @param folder with real data, if there is one
     * @param seed of generated data
     * @return images of MNIST or CIFAR where the folder has them, else generated digits
     * @throws IOException if a file is there and cannot be read
     * @throws IllegalArgumentException if there is no such network, or one for photographs has no folder
     */
    public static PaperNetwork of(String name, Optional<Path> folder, Seed seed) throws IOException {
        Architecture architecture = Architectures.byName(name);
        if (architecture.inputs().channels() == 3) {
            if (folder.isEmpty()) {
                throw new IllegalArgumentException(name
                        + " learns photographs, which are not made here: a folder with cifar10 or cifar100 is needed");
            }
            ImageSet set = architecture.classes() == 100 ? ImageSet.CIFAR_100 : ImageSet.CIFAR_10;
            return photographs(set, folder.get(), Integer.MAX_VALUE, true);
        }
        DataSet digits = digits(folder, seed);
        if (architecture.classes() == 5) {
            digits = digits.ofClasses(0, 1, 2, 3, 4);
        }
        if (architecture.inputs().size() == 49) {
            digits = Preparation.averaged(digits, IMAGE, 4);
        }
        return new PaperNetwork(
                architecture, Standardisation.over(digits).apply(digits), digitsFrom(folder), Optional.empty());
    }

    private static DataSet digits(Optional<Path> folder, Seed seed) throws IOException {
        return hasDigits(folder)
                ? ImageSet.MNIST.training(folder.orElseThrow())
                : GeneratedDigits.large(GENERATED, seed);
    }

    private static boolean hasDigits(Optional<Path> folder) throws IOException {
        return folder.isPresent() && ImageSet.MNIST.isIn(folder.get());
    }

    private static String digitsFrom(Optional<Path> folder) throws IOException {
        return hasDigits(folder) ? "MNIST" : GENERATED_DIGITS;
    }

    /**
     * small-allcnn with CIFAR.
     *
     * @param set CIFAR-10 or CIFAR-100
     * @param folder with its files
     * @param most so many images at most, the first ones
     * @param whitened whether ZCA, fitted on these images, follows the normalisation of contrast; the paper has both
     * @return the network for as many classes, with its images
     * @throws IOException if a file is missing or cannot be read
     */
    public static PaperNetwork photographs(ImageSet set, Path folder, int most, boolean whitened) throws IOException {
        String name = set.classes() == 100 ? "small-allcnn-100" : "small-allcnn";
        return prepared(name, set.training(folder), set.toString().toUpperCase(Locale.ROOT), most, whitened);
    }

    /**
     * small-allcnn with digits: each with a border of two pixels, three times the same, prepared as photographs.
     *
     * @param folder with real data, if there is one
     * @param seed of generated data
     * @param most so many images at most, the first ones
     * @param whitened as for photographs
     * @return images of MNIST where the folder has them, else generated digits
     * @throws IOException if a file is there and cannot be read
     */
    public static PaperNetwork digitsAsPhotographs(Optional<Path> folder, Seed seed, int most, boolean whitened)
            throws IOException {
        DataSet digits = digits(folder, seed);
        DataSet some = digits.first(Math.min(most, digits.size()));
        return prepared("small-allcnn", Preparation.coloured(some, IMAGE, BORDER), digitsFrom(folder), most, whitened);
    }

    private static PaperNetwork prepared(String name, DataSet images, String origin, int most, boolean whitened) {
        DataSet some = Preparation.contrastNormalised(images.first(Math.min(most, images.size())));
        return new PaperNetwork(
                Architectures.byName(name),
                whitened ? Whitening.fit(some, Whitening.REGULARISER).apply(some) : some,
                origin,
                Optional.empty());
    }

    /**
     * The same with images that are shifted by up to four pixels anew in each epoch, photographs also mirrored: what the paper's "data
     * augmentation" is taken to be, as it is customary for CIFAR.
     *
     * @return the network with augmented data
     */
    public PaperNetwork augmented() {
        boolean flips = !origin.equals("MNIST") && !isGenerated();
        return new PaperNetwork(
                architecture,
                data,
                origin + " augmented",
                Optional.of(new Augmentation(architecture.inputs(), PADDING, flips)));
    }

    /**
     * Another network with the same data.
     *
     * @param other for inputs and classes of the same number
     * @return the other one with these data
     */
    public PaperNetwork with(Architecture other) {
        return new PaperNetwork(other, data, origin, augmentation);
    }

    /**
     * Whether the data are made here.
     *
     * @return true where there were no files
     */
    public boolean isGenerated() {
        return origin.startsWith(GENERATED_DIGITS);
    }

    /**
     * What it is, for people.
     *
     * @return such as "small-fc on MNIST"
     */
    public String label() {
        return architecture.name() + " on " + origin;
    }

    /**
     * The same with less data.
     *
     * @param samples at most so many, the first ones
     * @return the network with those
     */
    public PaperNetwork first(int samples) {
        return new PaperNetwork(architecture, data.first(Math.min(samples, data.size())), origin, augmentation);
    }
}
