package org.langevin4j.solvers.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/** Finds out before any task begins whether something can be sent to other machines. */
public final class Shipping {

    private Shipping() {}

    /**
     * Refuses what cannot be sent.
     *
     * @param what its name in the message, such as "recipe"
     * @param sent what is to be sent
     * @throws IllegalArgumentException if it captures something that is not {@link Serializable}, with the type of that
     */
    public static void require(String what, Serializable sent) {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            out.writeObject(sent);
        } catch (NotSerializableException captured) {
            throw new IllegalArgumentException(
                    what + " must hold nothing but what can be sent to other machines; it captures an object of "
                            + captured.getMessage() + ": capture names and numbers, and build the rest inside of it",
                    captured);
        } catch (IOException failed) {
            throw new IllegalArgumentException(what + " cannot be sent to other machines: " + failed, failed);
        }
    }

    /**
     * Builds on this machine what others will build on theirs, from a recipe that can be sent.
     *
     * @param recipe what to build
     * @param <T> its type
     * @return what was built
     * @throws IllegalArgumentException if the recipe cannot be sent, or building fails with a checked exception
     */
    public static <T> T make(Recipe<T> recipe) {
        require("recipe", recipe);
        try {
            return recipe.make();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalArgumentException("recipe fails: " + failed, failed);
        }
    }
}
