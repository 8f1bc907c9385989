package org.langevin4j.solvers.discretisation;

/**
 * All ways of probability out of a cell: along the offsets of D forth and back, along a reflecting wall of the box instead of
 * through it, and back along those that lead other cells so to this one, in order that the pair stays in detailed balance if the
 * equation is. Mutable: one object a thread.
 */
final class Ways {

    private final int d;
    private final Stencil stencil;
    private final Selling selling;
    private final int[] back;

    /** What is done on a way. */
    interface Visitor {

        /**
         * The stencil has gone the way.
         *
         * @param e the offset whose weight the way has
         * @param sign of the offset
         * @param axis of the offset, −1 if it has none
         * @param back whether the offset leads elsewhere, and another cell's along the wall to this one
         */
        void way(int e, int sign, int axis, boolean back);
    }

    /**
     * @param stencil stands on the cell
     * @param selling D of the cell
     */
    Ways(Stencil stencil, Selling selling) {
        this.d = stencil.way.length;
        this.stencil = stencil;
        this.selling = selling;
        this.back = new int[d];
    }

    /** Visits all of them. */
    void forEach(Visitor visitor) {
        visit(visitor, false);
    }

    /** Visits all but those that certainly lead down: along an axis, down it. */
    void forEachUp(Visitor visitor) {
        visit(visitor, true);
    }

    private void visit(Visitor visitor, boolean upOnly) {
        for (int e = 0; e < selling.count; e++) {
            int axis = Stencil.axis(selling.offsets, e * d, d);
            boolean straight = axis >= 0;
            for (int sign = 1; sign >= -1; sign -= 2) {
                if (upOnly && straight && sign * selling.offsets[e * d + axis] < 0) {
                    continue;
                }
                stencil.go(selling.offsets, e * d, sign);
                if (!straight && stencil.target < 0 && !stencil.absorbing) {
                    stencil.slide(selling.offsets, e * d, sign);
                }
                visitor.way(e, sign, axis, false);
                if (!straight) {
                    backFromWall(e, sign, visitor);
                }
            }
        }
    }

    private void backFromWall(int e, int sign, Visitor visitor) {
        int start = e * d;
        boolean any = false;
        long choices = 1;
        for (int a = 0; a < d; a++) {
            int step = sign * selling.offsets[start + a];
            if (stencil.atWall(a, step)) {
                any = true;
                choices *= Math.abs(step) + 1;
            }
        }
        // All ways to have gone 0 … |step| cells beyond each of the walls, but not beyond none.
        for (long choice = 1; any && choice < choices; choice++) {
            long left = choice;
            for (int a = 0; a < d; a++) {
                int step = sign * selling.offsets[start + a];
                int beyond = 0;
                if (stencil.atWall(a, step)) {
                    beyond = (int) (left % (Math.abs(step) + 1));
                    left /= Math.abs(step) + 1;
                }
                back[a] = -(step - Integer.signum(step) * beyond);
            }
            stencil.go(back, 0, 1);
            if (stencil.target >= 0) {
                visitor.way(e, sign, -1, true);
            }
        }
    }
}
