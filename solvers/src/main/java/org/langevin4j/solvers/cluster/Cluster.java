package org.langevin4j.solvers.cluster;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.langevin4j.solvers.ensemble.Cancellation;

/**
 * Machines that take tasks with numbers. It promises that each task's answer comes once, from whichever machine and after however
 * many tries, and nothing of the order; so a task has to be a function of its number.
 */
public interface Cluster extends AutoCloseable {

    /** What is done for each number. Captures only what can be sent. */
    @FunctionalInterface
    interface Task extends Serializable {

        /**
         * Does it.
         *
         * @param number which
         * @param worker where
         * @return the answer; a failure that would be the same on each try is one as well
         * @throws Exception if another try may succeed
         */
        byte[] answer(int number, Worker worker) throws Exception;
    }

    /** The part of a machine that does a task. */
    interface Worker {

        /**
         * The threads that a task may use.
         *
         * @return at least 1
         */
        int threads();

        /**
         * Whether nobody waits for the answer any more.
         *
         * @return true if the task may end at once, with any answer
         */
        boolean isStopped();
    }

    /** Takes answers in, one at a time. */
    @FunctionalInterface
    interface Answers {

        /**
         * Takes one in. An exception ends the run, and is what it throws.
         *
         * @param number of the task
         * @param answer of the task
         */
        void put(int number, byte[] answer);
    }

    /** Starts a cluster, or joins one; found on the class path as a service. */
    interface Launcher {

        /**
         * The name of its kind.
         *
         * @return such as "spark"
         */
        String name();

        /**
         * Starts or joins.
         *
         * @param address in words of its own; empty for what the surroundings say
         * @return the cluster
         */
        Cluster launch(String address);
    }

    /**
     * The tasks that are done at once.
     *
     * @return at least 1
     */
    int parallelism();

    /**
     * Does tasks. Returns when all answers have come, or after a cancellation, which is heard within a second; the answers that
     * have come by then have been handed over. An interruption of the calling thread is a cancellation, and its status stays set.
     *
     * @param numbers of the tasks, all different
     * @param task what is done for each
     * @param cancellation asks to stop early
     * @param answers receives each answer once, from any thread
     * @throws TaskFailedException if a task fails for good, after the last try
     */
    void run(List<Integer> numbers, Task task, Cancellation cancellation, Answers answers);

    @Override
    void close();

    /**
     * Starts or joins a cluster of a kind that is on the class path.
     *
     * @param name its kind
     * @param address in words of that kind; empty for what the surroundings say
     * @return the cluster
     * @throws IllegalArgumentException if there is no such kind, with those that there are
     */
    static Cluster launch(String name, String address) {
        Objects.requireNonNull(address, "address");
        List<Launcher> launchers = ServiceLoader.load(Launcher.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return launchers.stream()
                .filter(launcher -> launcher.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("cluster must be one that is on the class path, "
                        + (launchers.isEmpty()
                                ? "where there is none"
                                : launchers.stream().map(Launcher::name).collect(Collectors.joining(", ")))
                        + ", got " + name))
                .launch(address);
    }
}
