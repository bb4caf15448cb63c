"""Searching as arithmetic on numpy arrays: no storage, no text, no Whoosh.

Documents are numbers from 0; a posting list is a sorted int32 array of them.
"""
