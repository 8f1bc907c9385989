package org.langevin4j.examples.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.langevin4j.solvers.cluster.Cluster;
import org.langevin4j.solvers.ensemble.Cancellation;

/** In the place of Spark: tasks go as bytes to machines that do not have a file of this one. */
public final class PostalCluster implements Cluster {

    static final AtomicInteger DONE = new AtomicInteger();

    private final Path missing;

    /** The address is the file that other machines do not have. */
    public static final class Opening implements Launcher {

        @Override
        public String name() {
            return "spark";
        }

        @Override
        public Cluster launch(String address) {
            return new PostalCluster(Path.of(address));
        }
    }

    private PostalCluster(Path missing) {
        this.missing = missing;
    }

    @Override
    public int parallelism() {
        return 2;
    }

    @Override
    public void run(List<Integer> numbers, Task task, Cancellation cancellation, Answers answers) {
        Path aside = missing.resolveSibling("aside");
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(task);
            }
            if (Files.exists(missing)) {
                Files.move(missing, aside);
            }
            for (int number : numbers) {
                try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                    answers.put(number, ((Task) in.readObject()).answer(number, new Machine()));
                }
                DONE.incrementAndGet();
            }
            if (Files.exists(aside)) {
                Files.move(aside, missing);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Of one thread. */
    private static final class Machine implements Worker {

        @Override
        public int threads() {
            return 1;
        }

        @Override
        public boolean isStopped() {
            return false;
        }
    }

    @Override
    public void close() {}
}
