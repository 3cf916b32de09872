"""Drills: the service as a process of its own, a fault at its store or in itself, and every answer compared with the right one.

The store is the real Neo4j behind a proxy that makes faults, or the embedded engine. All traffic stays on this machine.
"""
