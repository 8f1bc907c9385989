package org.langevin4j.models.network;

import java.util.function.Supplier;

/** With how many digits a network computes. */
public enum Precision {
    /** 24 bits, as networks are trained. On the vector unit where there is one, with the same bits as without. */
    SINGLE,

    /** 53 bits. */
    DOUBLE;

    /** Plain Java where the vector unit is missing or narrow. */
    private static final Supplier<Kernels<float[]>> SINGLES = choose();

    private static Supplier<Kernels<float[]>> choose() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            try {
                // By name: this class must load where the module is missing.
                FloatKernels vector = Class.forName("org.langevin4j.models.network.VectorKernels")
                        .asSubclass(FloatKernels.class)
                        .getDeclaredConstructor()
                        .newInstance();
                if (vector.isWide()) {
                    return () -> vector;
                }
            } catch (ReflectiveOperationException | LinkageError e) {
                // The module of this Java version is not the one that was compiled against.
                return FloatKernels::new;
            }
        }
        return FloatKernels::new;
    }

    /** The loops. */
    Kernels<?> kernels() {
        return this == SINGLE ? SINGLES.get() : new DoubleKernels();
    }

    /** Rounds to what can be represented. */
    public double round(double value) {
        return this == SINGLE ? (float) value : value;
    }
}
