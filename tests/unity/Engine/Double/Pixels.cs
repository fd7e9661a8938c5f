using System;
using System.Linq;
using Unity.Collections;
using UnityEngine;
using UnityEngine.Experimental.Rendering;

namespace UnityDouble
{
    /// <summary>
    /// The pixels of a texture twice: what code writes, and what shaders see since the last Apply.
    /// Elements stand after each other, each with all its mip levels, rows from the bottom.
    /// </summary>
    sealed class Pixels
    {
        const byte Never = 205; // what uninitialised pixels are like

        public readonly int Width;
        public readonly int Height;
        public readonly int Depth;
        public readonly int Mips;
        public readonly GraphicsFormat Format;
        readonly int _size;
        readonly long[] _mipStarts;
        readonly NativeMemory _written = new NativeMemory("texture", Allocator.None);
        byte[] _cpu;
        byte[] _gpu;

        public Pixels(int width, int height, int depth, int mips, GraphicsFormat format)
        {
            Width = width;
            Height = height;
            Depth = depth;
            Format = format;
            _size = Formats.Size(format);
            int most = 1 + (int)Math.Floor(Math.Log(Math.Max(width, height), 2));
            Mips = mips < 0 || mips > most ? most : Math.Max(mips, 1);
            _mipStarts = new long[Mips + 1];
            for (int mip = 0; mip < Mips; mip++)
            {
                _mipStarts[mip + 1] = _mipStarts[mip] + MipBytes(mip);
            }
        }

        /// <summary>What code writes; null once it is no longer readable.</summary>
        public byte[] Cpu
        {
            get { return _cpu ?? (_cpu = Fresh()); }
        }

        /// <summary>What shaders see.</summary>
        public byte[] Gpu
        {
            get { return _gpu ?? (_gpu = Fresh()); }
        }

        public bool IsReadable
        {
            get { return _written.IsThere; }
        }

        public int PixelSize
        {
            get { return _size; }
        }

        public int MipWidth(int mip)
        {
            return Math.Max(1, Width >> mip);
        }

        public int MipHeight(int mip)
        {
            return Math.Max(1, Height >> mip);
        }

        public int MipBytes(int mip)
        {
            return MipWidth(mip) * MipHeight(mip) * _size;
        }

        public int Start(int element, int mip)
        {
            return (int)(element * _mipStarts[Mips] + _mipStarts[mip]);
        }

        public NativeArray<byte> View(int element, int mip)
        {
            return new NativeArray<byte>(Cpu, Start(element, mip), MipBytes(mip), _written);
        }

        public NativeArray<byte> ViewAll()
        {
            return new NativeArray<byte>(Cpu, 0, Cpu.Length, _written);
        }

        /// <summary>Views of what code writes end; with `readable` false it stays so.</summary>
        public void Forget()
        {
            _written.Free();
            _cpu = null;
        }

        public void Upload(bool updateMips)
        {
            if (updateMips && Mips > 1)
            {
                MipMaps.Make(this, Cpu);
            }
            Buffer.BlockCopy(Cpu, 0, Gpu, 0, Cpu.Length);
            Traffic.TextureBytes += Cpu.Length;
        }

        byte[] Fresh()
        {
            byte[] made = new byte[Depth * _mipStarts[Mips]];
            for (int i = 0; i < made.Length; i++)
            {
                made[i] = Never;
            }
            return made;
        }
    }
}
