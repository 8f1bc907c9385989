package org.langevin4j.examples.paper.measured;

import java.util.Arrays;

/** What runs are compared by. */
enum Quantity {
    /** Over all samples. */
    LOSS("loss at the end", true) {
        @Override
        double of(Course course) {
            return course.losses()[course.epochs() - 1];
        }
    },
    /** From the start. */
    DISTANCE("‖x − x₀‖² at the end", true) {
        @Override
        double of(Course course) {
            return course.distances()[course.epochs() - 1];
        }
    },
    /** η²(‖∇f‖² + tr D/b). */
    STEP("mean square of a step in the second half", true) {
        @Override
        double of(Course course) {
            return Arrays.stream(course.squares())
                    .skip(course.epochs() / 2)
                    .average()
                    .orElseThrow();
        }
    },
    /** Along the leading eigenvectors of D, in the second half of the run. */
    VARIANCE("variance along six eigenvectors of D", true) {
        @Override
        double of(Course course) {
            return Arrays.stream(course.variances()).sum();
        }
    },
    /** In the leading plane. */
    CORRELATION("correlation in the plane of the first two eigenvectors", false) {
        @Override
        double of(Course course) {
            return course.covariance(0, 1) / Math.sqrt(course.covariance(0, 0) * course.covariance(1, 1));
        }
    },
    /** Within a relaxation time. */
    NEAR("autocorrelation at 5 steps, mean of six eigenvectors", false) {
        @Override
        double of(Course course) {
            return course.correlation()[5];
        }
    },
    /** Beyond it. */
    FAR("autocorrelation at 20 steps, mean of six eigenvectors", false) {
        @Override
        double of(Course course) {
            return course.correlation()[20];
        }
    };

    private final String text;
    private final boolean ratio;

    Quantity(String text, boolean ratio) {
        this.text = text;
        this.ratio = ratio;
    }

    abstract double of(Course course);

    /** Whether two are compared by their ratio, not by their difference. */
    boolean isRatio() {
        return ratio;
    }

    @Override
    public String toString() {
        return text;
    }
}
