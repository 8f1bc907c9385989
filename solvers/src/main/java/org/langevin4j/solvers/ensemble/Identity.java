package org.langevin4j.solvers.ensemble;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;

/**
 * What a thing is, by value, as text that outlives a process: records by their components, arrays, lists and maps by their
 * contents, numbers by their bits, everything that is {@link Identified} by what it says. A lambda is the place where it is
 * written with the values it has caught, any other object its class with its fields of simple types, further lambdas and
 * records. What cannot be looked into is refused.
 */
final class Identity {

    private static final int DEEPEST = 12;
    private static final int LONGEST = 2_000;

    private final StringBuilder text = new StringBuilder();
    private final boolean strict;

    private Identity(boolean strict) {
        this.strict = strict;
    }

    /**
     * The identity of a thing that must not be mistaken for another one.
     *
     * @throws IllegalArgumentException if it cannot be told from another one
     */
    static String of(@Nullable Object thing) {
        Identity identity = new Identity(true);
        identity.add(thing, 0);
        return shortened(identity.text.toString());
    }

    /** As much as can be found out of a function, which is compared by its values besides. */
    static String ofFunction(Object function) {
        Identity identity = new Identity(false);
        identity.add(function, 0);
        return shortened(identity.text.toString());
    }

    /** Long ones by their hash: 128 bits, two chains of {@link Fingerprint#mixed}. */
    static String shortened(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        long first = 17;
        long second = 31;
        for (int i = 0; i < text.length(); i++) {
            first = Fingerprint.mixed(first, text.charAt(i));
            second = Fingerprint.mixed(second, ~(long) text.charAt(i));
        }
        return text.substring(0, 200) + "… " + text.length() + " characters #" + Long.toHexString(first)
                + Long.toHexString(second);
    }

    private void add(@Nullable Object thing, int depth) {
        if (depth > DEEPEST) {
            text.append('…');
        } else if (thing == null) {
            text.append("null");
        } else if (thing instanceof Identified identified) {
            text.append(name(thing.getClass()))
                    .append('[')
                    .append(identified.identity())
                    .append(']');
        } else if (isValue(thing)) {
            text.append(thing);
        } else if (thing instanceof Optional<?> optional) {
            add(optional.orElse(null), depth + 1);
        } else if (thing.getClass().isArray()) {
            int length = Array.getLength(thing);
            List<Object> items = new ArrayList<>(length);
            for (int i = 0; i < length; i++) {
                items.add(Array.get(thing, i));
            }
            addAll(items, depth);
        } else if (thing instanceof Map<?, ?> map && isOfItsOwn(thing)) {
            List<String> entries = new ArrayList<>();
            map.forEach((key, value) -> entries.add(of(key, depth + 1) + "=" + of(value, depth + 1)));
            entries.sort(Comparator.naturalOrder());
            text.append(entries);
        } else if (thing instanceof List<?> list && isOfItsOwn(thing)) {
            addAll(list, depth);
        } else if (thing instanceof Collection<?> collection && isOfItsOwn(thing)) {
            List<String> items = new ArrayList<>();
            collection.forEach(item -> items.add(of(item, depth + 1)));
            items.sort(Comparator.naturalOrder());
            text.append(items);
        } else if (thing instanceof Axis axis) {
            addAxis(axis);
        } else if (thing instanceof Grid grid) {
            for (int a = 0; a < grid.dimension(); a++) {
                addAxis(grid.axis(a));
            }
        } else if (thing instanceof RealMatrix matrix) {
            add(matrix.getData(), depth + 1);
        } else if (thing.getClass().isRecord()) {
            addRecord(thing, depth);
        } else {
            addFields(thing, depth);
        }
    }

    private String of(@Nullable Object thing, int depth) {
        Identity part = new Identity(strict);
        part.add(thing, depth);
        return part.text.toString();
    }

    /** Whether the contents of a collection belong to it: a function may fill one, as a cache or to note what it sees. */
    private boolean isOfItsOwn(Object collection) {
        return strict || collection.getClass().getName().startsWith("java.util.ImmutableCollections");
    }

    private static boolean isValue(Object thing) {
        return (thing instanceof Number && thing.getClass().getName().startsWith("java.lang"))
                || thing instanceof CharSequence
                || thing instanceof Boolean
                || thing instanceof Character
                || thing instanceof Enum<?>
                || thing instanceof Class<?>
                || thing instanceof java.math.BigDecimal
                || thing instanceof java.math.BigInteger
                || thing instanceof java.time.Duration;
    }

    private void addAxis(Axis axis) {
        text.append("Axis[");
        for (int edge = 0; edge <= axis.cells(); edge++) {
            text.append(axis.edge(edge)).append(' ');
        }
        text.append(']');
    }

    private void addAll(List<?> items, int depth) {
        text.append('[');
        for (Object item : items) {
            add(item, depth + 1);
            text.append(", ");
        }
        text.append(']');
    }

    /** The place where a lambda is written; its number in its class is not the same in every process. */
    private static String name(Class<?> type) {
        String name = type.getName();
        int lambda = name.indexOf("$$Lambda");
        if (lambda >= 0) {
            return name.substring(0, lambda) + " lambda";
        }
        // Behind the slash of a hidden class is where it lies in this process.
        return type.isHidden() ? name.substring(0, name.indexOf('/')) : name;
    }

    private void addRecord(Object thing, int depth) {
        text.append(name(thing.getClass())).append('[');
        for (RecordComponent component : thing.getClass().getRecordComponents()) {
            text.append(component.getName()).append('=');
            Object value;
            try {
                component.getAccessor().setAccessible(true);
                value = component.getAccessor().invoke(thing);
            } catch (ReflectiveOperationException | RuntimeException hidden) {
                refuse(thing, hidden);
                continue;
            }
            add(value, depth + 1);
            text.append(", ");
        }
        text.append(']');
    }

    private void addFields(Object thing, int depth) {
        Class<?> type = thing.getClass();
        if (isOfPlatform(type) && !isLambda(type)) {
            if (thing instanceof Comparable<?>) {
                // Paths, dates, durations, identifiers: values, whose text says all.
                text.append(thing);
            } else {
                refuse(thing, null);
            }
            return;
        }
        text.append(name(type)).append('{');
        boolean lambda = isLambda(type);
        for (Class<?> part = type; part != null && !isOfPlatform(part); part = part.getSuperclass()) {
            Field[] fields = part.getDeclaredFields();
            for (Field field : fields) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    addField(thing, field, lambda || field.isSynthetic(), depth);
                }
            }
        }
        text.append('}');
    }

    private void addField(Object thing, Field field, boolean caught, int depth) {
        Object value;
        try {
            field.setAccessible(true);
            value = field.get(thing);
        } catch (ReflectiveOperationException | RuntimeException hidden) {
            refuse(thing, hidden);
            return;
        }
        boolean simple = value == null
                || isValue(value)
                || value instanceof Identified
                || value.getClass().isRecord()
                || isLambda(value.getClass());
        // Scratch arrays and caches of an object may differ; what a lambda has caught, and what is final, is part of
        // it.
        boolean wanted = simple
                || caught
                || (Modifier.isFinal(field.getModifiers())
                        && (strict || !value.getClass().isArray()));
        if (wanted) {
            text.append(caught ? "" : field.getName() + "=");
            add(value, depth + 1);
            text.append(", ");
        }
    }

    private static boolean isLambda(Class<?> type) {
        return type.isHidden() || type.getName().contains("$$Lambda");
    }

    private static boolean isOfPlatform(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader().equals(ClassLoader.getPlatformClassLoader());
    }

    private void refuse(Object thing, @Nullable Exception hidden) {
        if (strict) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "a checkpoint or shard cannot tell %s from another of its kind; let it be a record of plain"
                                    + " values, implement Identified, or open its package to org.langevin4j",
                            name(thing.getClass())),
                    hidden);
        }
        text.append('?');
    }

    /** What is known of a function, and its values at some states. */
    static String withValues(VectorField function, int dimension, int count) {
        return of(function) + " " + Fingerprint.of(function, dimension, count);
    }
}
