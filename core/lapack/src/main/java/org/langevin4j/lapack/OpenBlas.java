package org.langevin4j.lapack;

import java.util.Optional;
import org.langevin4j.core.linear.LinearAlgebra;

/** Finds OpenBLAS for this platform, if its native code is on the class path and can be loaded. */
public final class OpenBlas implements LinearAlgebra.Provider {

    /** For {@link java.util.ServiceLoader}. */
    public OpenBlas() {}

    @Override
    public Optional<LinearAlgebra> load() {
        return Loaded.ALGEBRA;
    }

    /** Loaded when first asked for. */
    private static final class Loaded {

        static final Optional<LinearAlgebra> ALGEBRA = find();

        private static Optional<LinearAlgebra> find() {
            try {
                return Optional.of(LinearAlgebra.by(LapackRoutines.load()));
            } catch (LinkageError e) {
                // No native code for this platform, or none that it accepts.
                return Optional.empty();
            }
        }
    }
}
