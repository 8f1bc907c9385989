package org.langevin4j.examples.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.langevin4j.core.random.Seed;
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
 */
public record PaperNetwork(Architecture architecture, DataSet data, String origin) {

    private static final Shape IMAGE = new Shape(1, 28, 28);

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
            DataSet images = Preparation.contrastNormalised(set.training(folder.get()));
            return new PaperNetwork(
                    architecture, Whitening.fit(images, Whitening.REGULARISER).apply(images), set.toString());
        }
        boolean real =
                folder.isPresent() && folder.get().resolve("mnist").toFile().isDirectory();
        DataSet digits = real ? ImageSet.MNIST.training(folder.orElseThrow()) : GeneratedDigits.large(GENERATED, seed);
        if (architecture.classes() == 5) {
            digits = digits.ofClasses(0, 1, 2, 3, 4);
        }
        if (architecture.inputs().size() == 49) {
            digits = Preparation.averaged(digits, IMAGE, 4);
        }
        return new PaperNetwork(
                architecture, Standardisation.over(digits).apply(digits), real ? "MNIST" : GENERATED_DIGITS);
    }

    /**
     * Whether the data are made here.
     *
     * @return true where there were no files
     */
    public boolean isGenerated() {
        return origin.equals(GENERATED_DIGITS);
    }

    /**
     * The same with less data.
     *
     * @param samples at most so many, the first ones
     * @return the network with those
     */
    public PaperNetwork first(int samples) {
        return new PaperNetwork(architecture, data.first(Math.min(samples, data.size())), origin);
    }
}
