package org.langevin4j.solvers.ensemble;

import java.util.Arrays;

/**
 * Failures of a thread, as its caller throws them: our own ones anew, with that of the thread as their cause; those of a
 * user's function as they are, with the caller's frames below those of the thread. Without the caller's frames a stack trace
 * is of no use to whoever reads it, and the launcher of single source files of JDK 17, which cuts its own frames off by their
 * number, dies of it.
 */
final class WorkerFailure {

    private WorkerFailure() {}

    /** What the calling thread is to throw. */
    static RuntimeException inCaller(Throwable failure) {
        if (failure instanceof NonFinitePathException nonFinite) {
            return new NonFinitePathException(nonFinite);
        }
        StackTraceElement[] caller = new Throwable().getStackTrace();
        StackTraceElement[] worker = failure.getStackTrace();
        StackTraceElement[] both = Arrays.copyOf(worker, worker.length + caller.length);
        System.arraycopy(caller, 0, both, worker.length, caller.length);
        failure.setStackTrace(both);
        if (failure.getStackTrace().length < caller.length) {
            // Such as those that the virtual machine throws again and again, without a stack.
            return new IllegalStateException("a thread of the ensemble failed: " + failure, failure);
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException exception
                ? exception
                : new IllegalStateException("a thread of the ensemble failed: " + failure, failure);
    }
}
