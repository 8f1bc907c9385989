package org.langevin4j.examples.experiment;

/**
 * Where an expected number comes from. It never comes from the code that is tested.
 *
 * @param kind what sort of source
 * @param source which formula, method or publication, in a few words
 */
public record Oracle(Kind kind, String source) {

    /** Sorts of sources. */
    public enum Kind {
        /** A formula. */
        CLOSED_FORM("closed form"),
        /** Another computation that shares nothing with ours but the problem. */
        INDEPENDENT_METHOD("independent method"),
        /** A published figure. */
        LITERATURE("literature"),
        /** True by the way it was computed: shows that the code is in order, and no more. */
        CONSTRUCTION("by construction");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * A formula.
     *
     * @param source which
     * @return the oracle
     */
    public static Oracle closedForm(String source) {
        return new Oracle(Kind.CLOSED_FORM, source);
    }

    /**
     * Another computation.
     *
     * @param source by which method and, if outside this project, program
     * @return the oracle
     */
    public static Oracle independent(String source) {
        return new Oracle(Kind.INDEPENDENT_METHOD, source);
    }

    /**
     * A published figure.
     *
     * @param source author, year, place
     * @return the oracle
     */
    public static Oracle literature(String source) {
        return new Oracle(Kind.LITERATURE, source);
    }

    /**
     * What our own construction makes true.
     *
     * @param source why
     * @return the oracle, which belongs to consistency checks
     */
    public static Oracle construction(String source) {
        return new Oracle(Kind.CONSTRUCTION, source);
    }

    @Override
    public String toString() {
        return source.isEmpty() ? kind.toString() : kind + ": " + source;
    }
}
