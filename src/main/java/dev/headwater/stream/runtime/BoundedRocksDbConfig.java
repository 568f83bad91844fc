package dev.headwater.stream.runtime;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the native memory of all RocksDB stores of the process together to 64 MiB, of which half
 * may be unwritten data, and the disk space of an empty store.
 */
public final class BoundedRocksDbConfig implements RocksDBConfigSetter {
  private static final long BYTES = 64L << 20;
  private static final long WRITE_BUFFER_BYTES = 8L << 20;

  /** RocksDB's default is 4 MB; the list of a store's files has some KB here. */
  private static final long MANIFEST_BYTES = 64L << 10;

  /** Shared by all stores and never closed, since stores come and go with rebalances. */
  private static final Cache CACHE = new LRUCache(BYTES, -1, false);

  private static final WriteBufferManager BUFFERS = new WriteBufferManager(BYTES / 2, CACHE);

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    var table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(BUFFERS);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(2);
    options.setManifestPreallocationSize(MANIFEST_BYTES);
  }

  /** The cache outlives the store. */
  @Override
  public void close(String storeName, Options options) {}
}
