package org.langevin4j.models.file;

import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.Superblock;
import io.jhdf.SymbolTableEntry;
import io.jhdf.Utils;
import io.jhdf.api.Dataset;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.dataset.DatasetLoader;
import io.jhdf.dataset.NoParent;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The data sets of an HDF5 file by their paths, through groups of the old kind (a table of symbols) and the new one (links).
 * jHDF has this only for storages of its own.
 *
 * <p>Source: HDF5 File Format Specification, version 3.0, parts II, III.A to III.G and IV.
 */
final class Hdf5Tree {

    private static final long NOWHERE = -1;

    /** An entry of the old kind that leads to a name, not to an object. */
    private static final int SOFT = 2;

    private final Hdf5Storage storage;
    private final Predicate<Dataset> wanted;
    private final Map<String, Long> found = new LinkedHashMap<>();
    private final Set<Long> entered = new HashSet<>();

    private record Link(String name, long address) {}

    private Hdf5Tree(Hdf5Storage storage, Predicate<Dataset> wanted) {
        this.storage = storage;
        this.wanted = wanted;
    }

    /** Addresses of the data sets that are wanted, by their paths without the first slash. */
    static Map<String, Long> datasets(Hdf5Storage storage, Predicate<Dataset> wanted) {
        Superblock superblock = storage.getSuperblock();
        Hdf5Tree tree = new Hdf5Tree(storage, wanted);
        if (superblock instanceof Superblock.SuperblockV0V1 old) {
            long entry = old.getRootGroupSymbolTableAddress() - old.getBaseAddressByte();
            tree.enter(new SymbolTableEntry(storage, entry).getObjectHeaderAddress(), "");
        } else if (superblock instanceof Superblock.SuperblockV2V3 newer) {
            tree.enter(newer.getRootGroupObjectHeaderAddress(), "");
        } else {
            throw new IllegalArgumentException("its version is " + superblock.getVersionOfSuperblock());
        }
        return tree.found;
    }

    /** One data set. */
    static Dataset dataset(Hdf5Storage storage, String name, long address) {
        ObjectHeader header = ObjectHeader.readObjectHeader(storage, address);
        return DatasetLoader.createDataset(storage, header, name, NoParent.INSTANCE);
    }

    /** Links are not followed, for they may lead to other files; nor is a group entered twice, for it may be in itself. */
    private void enter(long group, String prefix) {
        if (!entered.add(group)) {
            return;
        }
        ObjectHeader header = ObjectHeader.readObjectHeader(storage, group);
        List<Link> links = header.hasMessageOfType(SymbolTableMessage.class)
                ? table(header.getMessageOfType(SymbolTableMessage.class))
                : links(header, header.getMessageOfType(LinkInfoMessage.class));
        for (Link link : links) {
            String name = prefix + link.name;
            if (name.startsWith("#")) {
                continue;
            }
            ObjectHeader object = ObjectHeader.readObjectHeader(storage, link.address);
            if (object.hasMessageOfType(DataSpaceMessage.class)) {
                if (wanted.test(DatasetLoader.createDataset(storage, object, link.name, NoParent.INSTANCE))) {
                    found.put(name, link.address);
                }
            } else if (!object.hasMessageOfType(DataTypeMessage.class)) {
                enter(link.address, name + "/");
            }
        }
    }

    private List<Link> table(SymbolTableMessage symbols) {
        ByteBuffer names = new LocalHeap(storage, symbols.getLocalHeapAddress()).getDataBuffer();
        List<Link> links = new ArrayList<>();
        for (long node :
                BTreeV1.createGroupBTree(storage, symbols.getBTreeAddress()).getChildAddresses()) {
            for (SymbolTableEntry entry : new GroupSymbolTableNode(storage, node).getSymbolTableEntries()) {
                names.position(entry.getLinkNameOffset());
                String name = Utils.readUntilNull(names);
                if (entry.getCacheType() != SOFT) {
                    links.add(new Link(name, entry.getObjectHeaderAddress()));
                }
            }
        }
        return links;
    }

    private List<Link> links(ObjectHeader header, LinkInfoMessage info) {
        List<LinkMessage> messages = new ArrayList<>();
        if (info.getBTreeNameIndexAddress() == NOWHERE) {
            messages.addAll(header.getMessagesOfType(LinkMessage.class));
        } else {
            FractalHeap heap = new FractalHeap(storage, info.getFractalHeapAddress());
            for (LinkNameForIndexedGroupRecord record :
                    new BTreeV2<LinkNameForIndexedGroupRecord>(storage, info.getBTreeNameIndexAddress()).getRecords()) {
                messages.add(LinkMessage.fromBuffer(heap.getId(record.getId()), storage.getSuperblock()));
            }
        }
        List<Link> links = new ArrayList<>();
        for (LinkMessage message : messages) {
            if (message.getLinkType() == LinkMessage.LinkType.HARD) {
                links.add(new Link(message.getLinkName(), message.getHardLinkAddress()));
            }
        }
        return links;
    }
}
