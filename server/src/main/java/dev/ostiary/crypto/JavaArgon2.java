package dev.ostiary.crypto;

import java.util.concurrent.locks.ReentrantLock;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2 of Bouncy Castle: for platforms without libsodium, and for imported digests with parameters that libsodium does
 * not offer.
 */
final class JavaArgon2 {
    private static final int POOLED_BLOCKS = Argon2.MEMORY;

    /** Kept per hashing thread, of which there are as many as cores: allocating 19 MiB anew costs half as much again. */
    private final ThreadLocal<Argon2BytesGenerator.BlockPool> blocks =
            ThreadLocal.withInitial(() -> new Argon2BytesGenerator.FixedBlockPool(POOLED_BLOCKS));

    /** Imported digests may want 128 MiB of heap each: one at a time. */
    private final ReentrantLock large = new ReentrantLock(true);

    byte[] hash(byte[] password, Argon2 parameters) {
        if (parameters.memory() <= POOLED_BLOCKS) {
            return compute(password, parameters(parameters).withBlockPool(blocks.get()), parameters.hash().length);
        }
        large.lock();
        try {
            return compute(password, parameters(parameters), parameters.hash().length);
        } catch (OutOfMemoryError tooMuch) {
            throw new HashingOverloadedException();
        } finally {
            large.unlock();
        }
    }

    private static byte[] compute(byte[] password, Argon2Parameters.Builder parameters, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters.build());
        byte[] hash = new byte[length];
        generator.generateBytes(password, hash);
        return hash;
    }

    private static Argon2Parameters.Builder parameters(Argon2 argon) {
        int type =
                switch (argon.type()) {
                    case ARGON2D -> Argon2Parameters.ARGON2_d;
                    case ARGON2I -> Argon2Parameters.ARGON2_i;
                    case ARGON2ID -> Argon2Parameters.ARGON2_id;
                };
        return new Argon2Parameters.Builder(type)
                .withVersion(argon.version())
                .withMemoryAsKB(Math.toIntExact(argon.memory()))
                .withIterations(Math.toIntExact(argon.passes()))
                .withParallelism(Math.toIntExact(argon.lanes()))
                .withSalt(argon.salt());
    }
}
