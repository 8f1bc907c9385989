package org.langevin4j.models.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.util.Utils;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** DJL's engine, started without a download and without telemetry. */
final class PyTorch {

    /** Of the native library that this version of DJL's engine wants. */
    private static final String VERSION = "2.7.1";

    private static final String PROPERTIES = "native/lib/pytorch.properties";

    /** Unless set by the user. Samples are spread over threads, so that an operation must not be. */
    private static final Map<String, String> SETTINGS = Map.of(
            "ai.djl.offline", "true",
            "OPT_OUT_TRACKING", "true",
            "ai.djl.pytorch.num_threads", "1",
            "ai.djl.pytorch.num_interop_threads", "1");

    private PyTorch() {}

    /**
     * Starts the engine if it has not been.
     *
     * @return memory for arrays, to be closed
     * @throws IOException if there is no native library, or it cannot be unpacked or loaded; one line
     */
    static PtNDManager memory() throws IOException {
        SETTINGS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        try {
            return (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
        } catch (RuntimeException | LinkageError | AssertionError e) {
            throw new IOException(explanation(e), e);
        }
    }

    private static String explanation(Throwable e) {
        String said = String.valueOf(e.getMessage());
        // A class that could not be initialised is there: the engine failed before, in this virtual machine.
        if (e instanceof NoClassDefFoundError && !said.startsWith("Could not initialize")) {
            return "the class path lacks a part of DJL (" + said
                    + "): langevin4j-models-djl and all it depends on belong on it";
        }
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if ((loader == null ? ClassLoader.getSystemClassLoader() : loader).getResource(PROPERTIES) == null) {
            return "PyTorch's native library is not on the class path: add ai.djl.pytorch:pytorch-native-cpu:" + VERSION
                    + " with the classifier " + classifier();
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "PyTorch's native library cannot be loaded from " + Utils.getEngineCacheDir("pytorch")
                + ", where DJL unpacks it (450 MB; DJL_CACHE_DIR names another folder): " + Failures.line(root);
    }

    private static String classifier() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "");
        String system = os.startsWith("win") ? "win" : os.startsWith("mac") ? "osx" : "linux";
        return system + "-" + ("amd64".equals(arch) ? "x86_64" : arch);
    }
}
