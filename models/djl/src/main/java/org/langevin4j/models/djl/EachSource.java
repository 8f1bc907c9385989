package org.langevin4j.models.djl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Changes the source of a graph so that each sample of a batch has weights of its own. Operations that take weights are given the
 * names of those in {@code each.py}, which take a batch of them; each class is given a method that replaces its weights by
 * copies, and calls that of its parts.
 */
final class EachSource {

    /** What the method is called that makes the copies, and the name of the operations. */
    static final String METHOD = "langevin4j";

    /** Where the operations are, in the folder of the source. */
    static final String FILE = "__torch__/" + METHOD + ".py";

    private static final Pattern OPERATION =
            Pattern.compile("\\btorch\\.(?=(?:linear|conv2d|_convolution|batch_norm|layer_norm)\\()");
    private static final Pattern CLASS = Pattern.compile("class (\\w+)\\(Module\\):");
    private static final Pattern PARAMETERS = Pattern.compile("  __parameters__ = \\[(.*)]");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern ATTRIBUTE = Pattern.compile("  (\\w+) : (\\S+)");
    private static final Pattern NUMBERED = Pattern.compile("  __annotations__\\[\"(.+)\"] = (__torch__\\S+)");

    private EachSource() {}

    /** The operations. */
    static String operations() throws IOException {
        try (InputStream in = EachSource.class.getResourceAsStream("each.py")) {
            if (in == null) {
                throw new IOException("each.py is missing beside " + EachSource.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Changes a file.
     *
     * @param source TorchScript as {@code torch.jit.save} writes it
     * @param path of the file, from {@code __torch__} on; the names of classes begin with it
     * @return the changed source
     * @throws IOException if a branch depends on numbers, so that a batch need not go the way of each sample
     */
    static String of(String source, String path) throws IOException {
        if (source.contains("if bool(")) {
            throw new IOException("a branch of the graph depends on numbers");
        }
        String room = path.substring(0, path.length() - ".py".length()).replace('/', '.');
        List<String> lines = new ArrayList<>();
        Parts open = null;
        for (String line : source.stripTrailing().lines().toList()) {
            if (!line.startsWith(" ")) {
                close(open, lines);
                Matcher begins = CLASS.matcher(line);
                open = begins.matches() ? new Parts(room + "." + begins.group(1)) : null;
            } else if (open != null) {
                open.read(line);
            }
            lines.add(OPERATION.matcher(line).replaceAll("__torch__." + METHOD + "."));
        }
        close(open, lines);
        return String.join("\n", lines) + "\n";
    }

    private static void close(@Nullable Parts parts, List<String> lines) {
        if (parts != null) {
            parts.write(lines);
        }
    }

    /** What the head of a class says it holds. */
    private static final class Parts {

        private final String type;
        private final List<String> weights = new ArrayList<>();
        private final List<String> modules = new ArrayList<>();
        private final Map<String, String> types = new LinkedHashMap<>();

        Parts(String type) {
            this.type = type;
        }

        void read(String line) {
            Matcher parameters = PARAMETERS.matcher(line);
            Matcher attribute = ATTRIBUTE.matcher(line);
            Matcher numbered = NUMBERED.matcher(line);
            if (parameters.matches()) {
                QUOTED.matcher(parameters.group(1)).results().forEach(name -> weights.add(name.group(1)));
            } else if (numbered.matches()) {
                modules.add(numbered.group(1));
            } else if (attribute.matches()) {
                types.put(attribute.group(1), attribute.group(2));
                if (attribute.group(2).startsWith("__torch__")) {
                    modules.add(attribute.group(1));
                }
            }
        }

        void write(List<String> lines) {
            lines.add("  def " + METHOD + "(self: " + type + ", x: Tensor) -> Tensor:");
            lines.add("    n = torch.size(x, 0)");
            for (String name : weights) {
                String held = types.getOrDefault(name, "");
                if ("NoneType".equals(held)) {
                    continue;
                }
                String copies = "Tensor".equals(held) ? ".each" : ".some";
                lines.add("    self." + name + " = __torch__." + METHOD + copies + "(self." + name + ", n)");
            }
            int k = 0;
            for (String name : modules) {
                lines.add("    m" + k + " = getattr(self, \"" + name + "\")");
                lines.add("    u" + k + " = (m" + k + ")." + METHOD + "(x)");
                k++;
            }
            lines.add("    return x");
        }
    }
}
