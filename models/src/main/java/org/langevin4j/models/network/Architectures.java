package org.langevin4j.models.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The networks of Chaudhari and Soatto (2018), Section IV. The number of weights that they give, or that follows from their layers, is in
 * brackets; batch normalisation comes after each layer with weights but the last.
 */
public final class Architectures {

    private Architectures() {}

    /**
     * tiny-fc of Fig. 3: 49 → 16 → 5 (917).
     *
     * @return for 7×7 images of five classes
     */
    public static Architecture tinyFc() {
        return fullyConnected("tiny-fc", 49, new int[] {16}, 5);
    }

    /**
     * small-fc of Figs. 1 and 3 with one hidden layer: 49 → 64 → 10 (3,978).
     *
     * @return for 7×7 images of ten classes
     */
    public static Architecture smallFc() {
        return fullyConnected("small-fc", 49, new int[] {64}, 10);
    }

    /**
     * The other reading of "two fully-connected layers": 49 → 64 → 64 → 10 (8,266).
     *
     * @return for 7×7 images of ten classes
     */
    public static Architecture smallFcTwoHidden() {
        return fullyConnected("small-fc-2", 49, new int[] {64, 64}, 10);
    }

    /**
     * Dense layers with batch normalisation and max(·, 0) between them.
     *
     * @param name for people
     * @param inputs length of an input
     * @param hidden lengths of the layers between
     * @param classes K ≥ 2
     * @return the architecture
     */
    public static Architecture fullyConnected(String name, int inputs, int[] hidden, int classes) {
        List<Layer> layers = new ArrayList<>();
        for (int length : hidden) {
            layers.addAll(List.of(new Layer.Dense(length), new Layer.BatchNorm(), new Layer.Relu()));
        }
        layers.add(new Layer.Dense(classes));
        return Architecture.named(name, Shape.vector(inputs), layers.toArray(Layer[]::new));
    }

    /**
     * small-lenet of Fig. 1 (13,338): two convolutions of 8 and 16 channels with windows of 5×5, pooled by 3 and 2, and 64 → 128 → 10.
     *
     * @return for 28×28 images of ten classes
     */
    public static Architecture smallLenet() {
        return Architecture.named(
                "small-lenet",
                new Shape(1, 28, 28),
                new Layer.Convolution(8, 5, 1, 0),
                new Layer.BatchNorm(),
                new Layer.Relu(),
                new Layer.MaxPool(3),
                new Layer.Dropout(0.1),
                new Layer.Convolution(16, 5, 1, 0),
                new Layer.BatchNorm(),
                new Layer.Relu(),
                new Layer.MaxPool(2),
                new Layer.Dropout(0.1),
                new Layer.Dense(128),
                new Layer.BatchNorm(),
                new Layer.Relu(),
                new Layer.Dropout(0.1),
                new Layer.Dense(10));
    }

    /**
     * small-allcnn of Fig. 2 (26,982 for 10 classes, 29,412 for 100): 3×3 convolutions of 12, 12, 12 (stride 2), 24, 24, 24 (stride 2), 24 and
     * 24 channels, then one of 1×1 to the classes with its own normalisation, and the mean over what is left of the image. The numbers of
     * weights do not show dropout, and none is used.
     *
     * @param classes K ≥ 2
     * @return for 32×32 images of three colours
     */
    public static Architecture smallAllcnn(int classes) {
        List<Layer> layers = new ArrayList<>();
        int[][] channelsAndStrides = {{12, 1}, {12, 1}, {12, 2}, {24, 1}, {24, 1}, {24, 2}, {24, 1}, {24, 1}};
        for (int[] one : channelsAndStrides) {
            layers.addAll(Arrays.asList(
                    new Layer.Convolution(one[0], 3, one[1], 1), new Layer.BatchNorm(), new Layer.Relu()));
        }
        layers.addAll(Arrays.asList(
                new Layer.Convolution(classes, 1, 1, 0),
                new Layer.BatchNorm(),
                new Layer.Relu(),
                new Layer.AveragePool()));
        return Architecture.named("small-allcnn", new Shape(3, 32, 32), layers.toArray(Layer[]::new));
    }

    /**
     * All of them by name.
     *
     * @param name such as "small-lenet"; "small-allcnn-100" is that for 100 classes
     * @return the architecture
     * @throws IllegalArgumentException if there is none of that name; the message lists those there are
     */
    public static Architecture byName(String name) {
        List<Architecture> all = List.of(
                tinyFc(),
                smallFc(),
                smallFcTwoHidden(),
                smallLenet(),
                smallAllcnn(10),
                smallAllcnn(100).named("small-allcnn-100"));
        return all.stream()
                .filter(architecture -> architecture.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no network \"" + name + "\", but "
                        + String.join(", ", all.stream().map(Architecture::name).toList())));
    }
}
