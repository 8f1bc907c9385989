package org.langevin4j.solvers.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.langevin4j.solvers.ensemble.Cancellation;

/** Sends each task as bytes to a machine of its own, in any order, and loses every second answer once. */
final class ForgetfulCluster implements Cluster {

    private final Random order = new Random(3);
    private final int stopsAfter;
    long bytes;
    int done;

    ForgetfulCluster(int stopsAfter) {
        this.stopsAfter = stopsAfter;
    }

    ForgetfulCluster() {
        this(Integer.MAX_VALUE);
    }

    @Override
    public int parallelism() {
        return 2;
    }

    @Override
    public void run(List<Integer> numbers, Task task, Cancellation cancellation, Answers answers) {
        List<Integer> shuffled = new ArrayList<>(numbers);
        Collections.shuffle(shuffled, order);
        for (int number : shuffled) {
            if (cancellation.isCancelled() || done == stopsAfter) {
                return;
            }
            byte[] answer = answer(task, number, 2);
            if (number % 2 == 0) {
                answer = answer(task, number, 1);
            }
            bytes += answer.length;
            done++;
            answers.put(number, answer);
        }
    }

    private static byte[] answer(Task task, int number, int threads) {
        try {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(sent)) {
                out.writeObject(task);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
                return ((Task) in.readObject()).answer(number, new Worker() {
                    @Override
                    public int threads() {
                        return threads;
                    }

                    @Override
                    public boolean isStopped() {
                        return false;
                    }
                });
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        } catch (Exception e) {
            throw new TaskFailedException(number, e.toString());
        }
    }

    @Override
    public void close() {}
}
