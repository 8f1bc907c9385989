package org.langevin4j.lapack;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A call of native code. Each runs on a thread of its own with a large stack: the parallel factorisations of OpenBLAS keep megabytes on the stack, more
 * than a Java thread has, and would end the virtual machine.
 */
final class NativeCall {

    private static final long STACK_BYTES = 64L << 20;

    private NativeCall() {}

    static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void requireConverged(String routine, int info, int n) {
        requireNoError(routine, info);
        if (info > 0) {
            throw new ArithmeticException(
                    "the eigenvalues of a matrix of order " + n + " did not converge (" + routine + ": " + info + ")");
        }
    }

    /** A negative result means an argument that LAPACK refuses, such as NaN, or no memory. */
    static void requireNoError(String routine, int info) {
        if (info < 0) {
            throw new ArithmeticException(routine + " refuses its argument " + -info + " (not finite, or no memory)");
        }
    }

    static int onLargeStack(Callable<Integer> call) {
        FutureTask<Integer> task = new FutureTask<>(call);
        Thread thread = new Thread(null, task, "lapack", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    // Native code cannot be interrupted, and its arrays are in use.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call of LAPACK failed", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
