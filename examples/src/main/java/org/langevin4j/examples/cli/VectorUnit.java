package org.langevin4j.examples.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts the program once more with the module of the vector unit, which Java gives only to who asks for it. The bits of all results are the
 * same, most are there several times sooner. {@code -Dlangevin4j.vector=off} keeps to plain Java.
 */
public final class VectorUnit {

    /** In the second process: the number of the first. Else {@code off}, or nothing. */
    private static final String PROPERTY = "langevin4j.vector";

    /** Set in a process of spark-submit, which cannot be had a second time. */
    private static final String SUBMITTED = "spark.master";

    private static final String MODULE = "jdk.incubator.vector";

    /** The commands that compute for long enough. */
    private static final Set<String> LONG = Set.of(
            "run",
            "train",
            "gradients",
            "bench",
            "simulate",
            "steady-state",
            "evolve",
            "first-passage",
            "orbit",
            "path",
            "sweep",
            "spectrum",
            "decompose",
            "trajectory-statistics");

    /** The exit status of what SIGKILL has ended. */
    private static final int KILLED = 137;

    private VectorUnit() {}

    /**
     * Runs the command in a second process, where that has what this one lacks.
     *
     * @param main the class with the program
     * @param args of the command
     * @return its exit status; empty if the command is to run here
     */
    public static OptionalInt restart(Class<?> main, String... args) {
        endWithParent();
        if (args.length == 0
                || !LONG.contains(args[0])
                || System.getProperty(PROPERTY) != null
                || System.getProperty(SUBMITTED) != null
                || ModuleLayer.boot().findModule(MODULE).isPresent()
                || ModuleFinder.ofSystem().find(MODULE).isEmpty()) {
            return OptionalInt.empty();
        }
        List<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments();
        if (own.stream().anyMatch(VectorUnit::isAgent)) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(run(command(main, own, args)));
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    /** A debugger's port is taken, and a profiler is for this process. */
    private static boolean isAgent(String argument) {
        return argument.startsWith("-agent") || argument.startsWith("-javaagent") || argument.startsWith("-Xrun");
    }

    private static List<String> command(Class<?> main, List<String> own, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(own);
        command.add("--add-modules");
        command.add(MODULE);
        command.add("-D" + PROPERTY + "=" + ProcessHandle.current().pid());
        String path = System.getProperty("java.class.path");
        if (path.endsWith(".jar") && !path.contains(File.pathSeparator)) {
            command.add("-jar");
            command.add(path);
        } else {
            command.add("-cp");
            command.add(path);
            command.add(main.getName());
        }
        command.addAll(List.of(args));
        return command;
    }

    private static int run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .inheritIO()
                .redirectError(ProcessBuilder.Redirect.PIPE)
                .start();
        CountDownLatch told = new CountDownLatch(1);
        // On Ctrl-C both are told; the shell is to have its prompt when the second has cleaned up, and its last words.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            // Process.destroy would close the stream of those words.
            process.toHandle().destroy();
            waitFor(process);
            try {
                told.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try {
            copyErrors(process.getErrorStream());
        } finally {
            told.countDown();
        }
        return waitFor(process);
    }

    /** All but Java's own first line, that it uses the module. */
    private static void copyErrors(InputStream errors) throws IOException {
        byte[] warning = ("WARNING: Using incubator modules: " + MODULE + System.lineSeparator())
                .getBytes(StandardCharsets.UTF_8);
        byte[] first = errors.readNBytes(warning.length);
        if (!Arrays.equals(first, warning)) {
            System.err.write(first);
        }
        byte[] some = new byte[1 << 13];
        for (int n = errors.read(some); n >= 0; n = errors.read(some)) {
            System.err.write(some, 0, n);
            System.err.flush();
        }
    }

    private static int waitFor(Process process) {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException again) {
                // The process ends when the second has ended.
            }
        }
    }

    /** The second process is not to outlive the first, if that is killed. */
    private static void endWithParent() {
        String first = System.getProperty(PROPERTY, "");
        if (first.matches("\\d+")) {
            Thread watch = new Thread(() -> {
                ProcessHandle.of(Long.parseLong(first))
                        .ifPresent(parent -> parent.onExit().join());
                Runtime.getRuntime().halt(KILLED);
            });
            watch.setDaemon(true);
            watch.start();
        }
    }
}
